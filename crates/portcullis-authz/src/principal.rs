//! Whom a `Principal` or `NotPrincipal` element names, and how closely.
//!
//! How closely an Allow names the caller decides how far it reaches (IAM guide, "How AWS enforcement code logic
//! evaluates requests"). Where a name may be anybody's (a canonical user, a session whose name is not given), the
//! answer is unknown, with the reason.

use portcullis_iam::principal::{PrincipalClause, PrincipalEntry};
use portcullis_iam::{Arn, Caller, ContextKey, KeyState, Polarity, Request, Truth, Values};

/// How closely a clause names the caller: each way apart, as several entries may name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// The caller itself: the user, the very session, the service, or everybody.
    pub itself: Truth,
    /// What the caller is a session of: the role, or the user who made a federated session.
    pub origin: Truth,
    /// The caller's account.
    pub account: Truth,
}

impl Named {
    /// Not named.
    pub const NOT: Self = Self { itself: Truth::False, origin: Truth::False, account: Truth::False };
    /// Named itself.
    pub const ITSELF: Self = Self { itself: Truth::True, ..Self::NOT };

    /// Named in any way.
    pub fn at_all(self) -> Truth {
        self.itself.or(self.origin).or(self.account)
    }

    /// Whether some way of naming is unknown.
    pub(crate) fn is_open(self) -> bool {
        [self.itself, self.origin, self.account].contains(&Truth::Unknown)
    }

    /// Named so in a statement that is about the request as far as `truth` says.
    pub(crate) fn and(self, truth: Truth) -> Self {
        Self {
            itself: self.itself.and(truth),
            origin: self.origin.and(truth),
            account: self.account.and(truth),
        }
    }

    /// Named by either.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            itself: self.itself.or(other.itself),
            origin: self.origin.or(other.origin),
            account: self.account.or(other.account),
        }
    }
}

/// Whether the caller is limited by a permissions boundary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bounded {
    /// It is.
    Yes,
    /// It is not.
    No,
}

/// How an Allow statement with `clause` names the caller. AWS does not support `NotPrincipal` there; read literally,
/// it names everybody whom it does not list.
pub(crate) fn allowed(clause: &PrincipalClause, request: &Request) -> Named {
    match clause.polarity {
        Polarity::Only => listed(clause, request),
        Polarity::Except => Named { itself: !listed(clause, request).at_all(), ..Named::NOT },
    }
}

/// How a Deny statement with `clause` names the caller; how closely plays no part.
///
/// `NotPrincipal` spares a caller for certain when every principal that AWS may look at is listed: the account, and
/// the user, the role or the federated session itself. When only some are, AWS "might deny access": it is not known.
/// A caller with a boundary is never spared.
pub(crate) fn denied(clause: &PrincipalClause, request: &Request, bounded: Bounded) -> Named {
    let listed = listed(clause, request);
    match (clause.polarity, bounded) {
        (Polarity::Only, _) => listed,
        (Polarity::Except, Bounded::Yes) => Named::ITSELF,
        (Polarity::Except, Bounded::No) => Named { itself: !spared(clause, listed, request), ..Named::NOT },
    }
}

fn spared(clause: &PrincipalClause, listed: Named, request: &Request) -> Truth {
    if clause.entries.iter().any(|entry| entry.value == PrincipalEntry::Everyone) {
        return Truth::True;
    }
    match &request.caller {
        Caller::Anonymous | Caller::Service(_) => listed.itself,
        Caller::Root(_) => listed.account,
        Caller::User(_) | Caller::FederatedUser(_) => for_certain(listed.itself.and(listed.account), listed),
        Caller::Role(_) => for_certain(listed.origin.and(listed.account), listed),
    }
}

fn for_certain(all: Truth, listed: Named) -> Truth {
    all.or(listed.at_all().and(Truth::Unknown))
}

fn listed(clause: &PrincipalClause, request: &Request) -> Named {
    clause.entries.iter().map(|entry| names(&entry.value, request)).fold(Named::NOT, Named::or)
}

/// How one entry names the caller.
pub(crate) fn names(entry: &PrincipalEntry, request: &Request) -> Named {
    let itself = |truth: Truth| Named { itself: truth, ..Named::NOT };
    match entry {
        PrincipalEntry::Everyone => itself(Truth::True),
        PrincipalEntry::Account(account) => {
            Named { account: (request.caller.account() == Some(*account)).into(), ..Named::NOT }
        }
        PrincipalEntry::Arn(arn) => names_arn(arn, &request.caller),
        PrincipalEntry::UniqueId(id) => names_id(id, request),
        PrincipalEntry::Service(service) => {
            itself(matches!(&request.caller, Caller::Service(own) if own == service).into())
        }
        // Whoever comes from an identity provider calls with a token, and is none of the callers known here.
        PrincipalEntry::Federated(_) => Named::NOT,
        // The id stands for an account, and does not say which.
        PrincipalEntry::CanonicalUser(_) => match request.caller.account() {
            Some(_) => Named { account: Truth::Unknown, ..Named::NOT },
            None => Named::NOT,
        },
    }
}

fn names_arn(text: &str, caller: &Caller) -> Named {
    let itself = |truth: Truth| Named { itself: truth, ..Named::NOT };
    let origin = |truth: Truth| Named { origin: truth, ..Named::NOT };
    match caller {
        Caller::Anonymous | Caller::Service(_) => Named::NOT,
        Caller::Root(own) | Caller::User(own) => itself((own.as_str() == text).into()),
        Caller::FederatedUser(own) => Named {
            itself: (own.session.as_str() == text).into(),
            origin: match &own.issuer {
                Some(issuer) => (issuer.as_str() == text).into(),
                None if may_be_issuer(text, &own.session) => Truth::Unknown,
                None => Truth::False,
            },
            account: Truth::False,
        },
        Caller::Role(own) => match RoleName::parse(text) {
            Some(named) if !named.is_of(&own.role) => Named::NOT,
            Some(RoleName { session: None, .. }) => origin(Truth::True),
            Some(RoleName { session: Some(session), .. }) => match &own.session_name {
                Some(name) => itself((**name == *session).into()),
                None => itself(Truth::Unknown),
            },
            None => Named::NOT,
        },
    }
}

/// Whether `text` names a user who may have made the federated session `session`.
fn may_be_issuer(text: &str, session: &Arn) -> bool {
    Arn::parse(text).is_some_and(|arn| {
        arn.resource().starts_with("user/")
            && arn.service() == "iam"
            && arn.account_part() == session.account_part()
            && arn.partition() == session.partition()
    })
}

/// A role, or one of its sessions, as a policy names it.
struct RoleName<'t> {
    partition: &'t str,
    account: &'t str,
    name: &'t str,
    session: Option<&'t str>,
}

impl<'t> RoleName<'t> {
    fn parse(text: &'t str) -> Option<Self> {
        let mut parts = text.splitn(6, ':');
        let mut next = || parts.next();
        let (_, partition, service, _, account, resource) =
            (next()?, next()?, next()?, next()?, next()?, next()?);
        let (kind, rest) = resource.split_once('/')?;
        match (service, kind) {
            ("iam", "role") => Some(Self { partition, account, name: last(rest), session: None }),
            ("sts", "assumed-role") => {
                let (name, session) = rest.split_once('/')?;
                Some(Self { partition, account, name, session: Some(session) })
            }
            _ => None,
        }
    }

    /// Whether it is `role`. A session's ARN has no path, and a role's name is its account's only one of that name.
    fn is_of(&self, role: &Arn) -> bool {
        let own = role.resource().strip_prefix("role/").map(last);
        own == Some(self.name) && role.account_part() == self.account && role.partition() == self.partition
    }
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// A unique id names whoever has it: `aws:userid` is a user's id, or a role's followed by the session's name.
fn names_id(id: &str, request: &Request) -> Named {
    if request.caller.account().is_none() {
        return Named::NOT;
    }
    let found = match request.context.state(&ContextKey::new(USER_ID)) {
        KeyState::Absent | KeyState::Known(Values::Many(_)) => Truth::False,
        KeyState::Known(Values::One(own)) => (own.split(':').next() == Some(id)).into(),
        KeyState::Unknown => Truth::Unknown,
    };
    match request.caller {
        Caller::Role(_) => Named { origin: found, ..Named::NOT },
        Caller::User(_) => Named { itself: found, ..Named::NOT },
        Caller::Anonymous | Caller::Service(_) | Caller::Root(_) | Caller::FederatedUser(_) => Named::NOT,
    }
}

/// The key that holds the caller's unique id.
pub(crate) const USER_ID: &str = "aws:userid";

/// What is not known when `NotPrincipal` lists some of a caller's principals.
pub(crate) const PARTLY_LISTED: &str =
    "whom `NotPrincipal` spares that lists only a part of account, role and caller";
