//! `Principal` and `NotPrincipal`: the caller is the same in all requests, so that most of it is known.

use portcullis_iam::principal::{PrincipalClause, PrincipalEntry};
use portcullis_iam::request::{FederatedSession, RoleSession};
use portcullis_iam::{Arn, Caller, ContextKey, Polarity};

use super::NotExported;
use super::encoder::{Encoder, State};
use super::glob::{self, Piece};
use super::key;
use super::term::{Holds, Term};

/// How far an entry reaches to the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    Caller,
    Identity,
    Account,
}

/// Every way in which a principal may be named.
pub(super) const ANY_REACH: [Reach; 3] = [Reach::Caller, Reach::Identity, Reach::Account];

/// Whether an entry of the element has one of `reaches` to the caller.
pub(super) fn names(
    encoder: &mut Encoder<'_>,
    clause: &PrincipalClause,
    reaches: &[Reach],
) -> Result<Holds, NotExported> {
    match clause.polarity {
        Polarity::Only => listed(encoder, clause, reaches),
        Polarity::Except if reaches.contains(&Reach::Caller) => {
            Ok(listed(encoder, clause, &ANY_REACH)?.not())
        }
        Polarity::Except => Ok(false.into()),
    }
}

/// Whether a Deny with this element is aimed at the caller.
pub(super) fn is_denied(
    encoder: &mut Encoder<'_>,
    clause: &PrincipalClause,
    has_boundary: bool,
) -> Result<Holds, NotExported> {
    match clause.polarity {
        Polarity::Only => listed(encoder, clause, &ANY_REACH),
        Polarity::Except if has_boundary => Ok(true.into()),
        Polarity::Except if clause.entries.iter().any(|entry| entry.value == PrincipalEntry::Everyone) => {
            Ok(false.into())
        }
        Polarity::Except => Ok(is_left_out(encoder, clause)?.not()),
    }
}

/// Whether `NotPrincipal` leaves the caller out: surely when it lists all that AWS may look at, surely not when it
/// lists nothing of it.
fn is_left_out(encoder: &mut Encoder<'_>, clause: &PrincipalClause) -> Result<Holds, NotExported> {
    let needed: &[Reach] = match encoder.question.frame.caller {
        Caller::Anonymous | Caller::Service(_) => return listed(encoder, clause, &[Reach::Caller]),
        Caller::Root(_) => return listed(encoder, clause, &[Reach::Account]),
        Caller::User(_) | Caller::FederatedUser(_) => &[Reach::Caller, Reach::Account],
        Caller::Role(_) => &[Reach::Identity, Reach::Account],
    };
    let mut all = Holds::from(true);
    for reach in needed {
        all = all.and(listed(encoder, clause, &[*reach])?);
    }
    Ok(all.or(listed(encoder, clause, &ANY_REACH)?.and(Holds::MAYBE)))
}

fn listed(
    encoder: &mut Encoder<'_>,
    clause: &PrincipalClause,
    reaches: &[Reach],
) -> Result<Holds, NotExported> {
    let mut holds = Vec::new();
    for entry in &clause.entries {
        for reach in reaches {
            holds.push(entry_names(encoder, &entry.value, *reach)?);
        }
    }
    Ok(Holds::any(holds))
}

fn entry_names(
    encoder: &mut Encoder<'_>,
    entry: &PrincipalEntry,
    reach: Reach,
) -> Result<Holds, NotExported> {
    let caller = &encoder.question.frame.caller;
    Ok(match (entry, reach, caller) {
        (PrincipalEntry::Everyone, Reach::Caller, _) => true.into(),
        (PrincipalEntry::Arn(arn), Reach::Caller, Caller::User(user)) => (**arn == *user.as_str()).into(),
        (PrincipalEntry::Arn(arn), Reach::Caller, Caller::FederatedUser(session)) => {
            (**arn == *session.session.as_str()).into()
        }
        (PrincipalEntry::Arn(arn), Reach::Caller, Caller::Role(session)) => is_session(arn, session),
        (PrincipalEntry::Arn(arn), Reach::Identity, Caller::Role(session)) => is_role(arn, session).into(),
        (PrincipalEntry::Arn(arn), Reach::Identity, Caller::FederatedUser(session)) => {
            is_issuer(arn, session)
        }
        (PrincipalEntry::Service(name), Reach::Caller, Caller::Service(service)) => (name == service).into(),
        (PrincipalEntry::UniqueId(id), Reach::Caller, Caller::User(_))
        | (PrincipalEntry::UniqueId(id), Reach::Identity, Caller::Role(_)) => has_id(encoder, id)?,
        (PrincipalEntry::Account(account), Reach::Account, _) => (caller.account() == Some(*account)).into(),
        (PrincipalEntry::CanonicalUser(_), Reach::Account, _) if caller.account().is_some() => Holds::MAYBE,
        (
            PrincipalEntry::Everyone
            | PrincipalEntry::Account(_)
            | PrincipalEntry::Arn(_)
            | PrincipalEntry::UniqueId(_)
            | PrincipalEntry::Service(_)
            | PrincipalEntry::Federated(_)
            | PrincipalEntry::CanonicalUser(_),
            Reach::Caller | Reach::Identity | Reach::Account,
            _,
        ) => false.into(),
    })
}

fn is_session(arn: &str, session: &RoleSession) -> Holds {
    let role = &session.role;
    let name = role.resource().rsplit('/').next().unwrap_or_default();
    let start = format!("arn:{}:sts::{}:assumed-role/{name}/", role.partition(), role.account_part());
    match (arn.strip_prefix(&start), &session.session_name) {
        (Some(listed), Some(own)) => (listed == &**own).into(),
        (Some(_), None) => Holds::MAYBE,
        (None, _) => false.into(),
    }
}

/// Names of roles are unique in an account: the path does not count.
fn is_role(arn: &str, session: &RoleSession) -> bool {
    let split = |text: &str| {
        let (head, resource) = text.rsplit_once(':')?;
        let (_, name) =
            resource.strip_prefix("role/").map(|rest| rest.rsplit_once('/').unwrap_or(("", rest)))?;
        Some((head.to_owned(), name.to_owned()))
    };
    Arn::parse(arn).is_some() && split(arn).is_some_and(|own| Some(own) == split(session.role.as_str()))
}

fn is_issuer(arn: &str, session: &FederatedSession) -> Holds {
    let own = &session.session;
    let users = format!("arn:{}:iam::{}:user/", own.partition(), own.account_part());
    match &session.issuer {
        Some(issuer) => (arn == issuer.as_str()).into(),
        None if arn.starts_with(&users) => Holds::MAYBE,
        None => false.into(),
    }
}

/// Whether `aws:userid` is the id, or the id with a session's name.
fn has_id(encoder: &mut Encoder<'_>, id: &str) -> Result<Holds, NotExported> {
    let (present, value) = match encoder.state(&ContextKey::new("aws:userid")) {
        State::Hidden => return Ok(Holds::MAYBE),
        State::Absent | State::Many(_) => return Ok(false.into()),
        State::Single { present, value } => (present, value),
        State::Either { is_many, single: (present, value), .. } => {
            (Term::all([is_many.not(), present]), value)
        }
    };
    let text = key::text(&value)?;
    let with_name = [glob::literal(id), vec![Piece::Literal(':'), Piece::Run]].concat();
    let is_own = Term::any([glob::matches(&glob::literal(id), &text)?, glob::matches(&with_name, &text)?]);
    Ok(Holds::from(Term::all([present, is_own])))
}
