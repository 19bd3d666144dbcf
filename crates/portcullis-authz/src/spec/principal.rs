//! `Principal` and `NotPrincipal`. IAM: reference_policies_elements_principal,
//! reference_policies_elements_notprincipal.

use portcullis_iam::principal::{PrincipalClause, PrincipalEntry};
use portcullis_iam::request::{FederatedSession, RoleSession};
use portcullis_iam::{Arn, Caller, ContextKey, Gap, KeyState, Polarity, Request, Values};

use super::holds::Holds;

/// How far an entry of a `Principal` element reaches to the caller. The reach decides what an Allow does in the
/// caller's own account: see [`super::grant`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// The caller itself, or everyone: the user, the role's session, the federated user's session, the service.
    Caller,
    /// The identity behind the session: the role, or the user who called GetFederationToken.
    Identity,
    /// The caller's account.
    Account,
}

/// Whether an entry of the element has `reach` to the caller.
///
/// `NotPrincipal` with Allow "is not supported"; it is read as everyone but those listed.
pub(super) fn names(clause: &PrincipalClause, reach: Reach, request: &Request) -> Holds {
    match clause.polarity {
        Polarity::Only => listed(clause, reach, request),
        Polarity::Except if reach == Reach::Caller => {
            let reaches = [Reach::Caller, Reach::Identity, Reach::Account];
            Holds::any(reaches.map(|reach| listed(clause, reach, request))).not()
        }
        Polarity::Except => Holds::No,
    }
}

/// Whether a Deny with this element is aimed at the caller.
pub(super) fn is_denied(clause: &PrincipalClause, has_boundary: bool, request: &Request) -> Holds {
    let caller = listed(clause, Reach::Caller, request);
    let identity = listed(clause, Reach::Identity, request);
    let account = listed(clause, Reach::Account, request);
    match clause.polarity {
        Polarity::Only => Holds::any([caller, identity, account]),
        // "The NotPrincipal element with a Deny effect will always deny any IAM principal that has a permissions
        // boundary policy attached, regardless of the values specified in the NotPrincipal element."
        Polarity::Except if has_boundary => Holds::Yes,
        Polarity::Except if lists_everyone(clause) => Holds::No,
        Polarity::Except => is_left_out(caller, identity, account, &request.caller).not(),
    }
}

fn lists_everyone(clause: &PrincipalClause) -> bool {
    clause.entries.iter().any(|entry| entry.value == PrincipalEntry::Everyone)
}

/// Whether `NotPrincipal` leaves the caller out of a Deny.
///
/// "You must also specify the account ARN of the not-denied principal. Otherwise, the policy might deny access to
/// the entire account. AWS might validate the account first, then the role, and then the assumed-role user."
/// So who is listed without its account or role, or whose account alone is listed, is denied or is not.
fn is_left_out(caller: Holds, identity: Holds, account: Holds, who: &Caller) -> Holds {
    match who {
        Caller::Anonymous | Caller::Service(_) => caller,
        Caller::Root(_) => account,
        Caller::User(_) | Caller::FederatedUser(_) => all_or_maybe(&[caller, account], &identity),
        Caller::Role(_) => all_or_maybe(&[identity, account], &caller),
    }
}

/// Yes when all of `needed` are listed, no when nothing is listed at all, and else not said by AWS.
fn all_or_maybe(needed: &[Holds], further: &Holds) -> Holds {
    let any = Holds::any(needed.iter().cloned()).or(further.clone());
    let all = Holds::all(needed.iter().cloned());
    let maybe = Holds::depends_on_gap(Gap(NOT_PRINCIPAL.into()));
    all.or(any.and(maybe))
}

const NOT_PRINCIPAL: &str = "whom `NotPrincipal` spares that lists only a part of account, role and caller";

fn listed(clause: &PrincipalClause, reach: Reach, request: &Request) -> Holds {
    Holds::any(clause.entries.iter().map(|entry| match reach {
        Reach::Caller => is_caller(&entry.value, request),
        Reach::Identity => is_identity(&entry.value, request),
        Reach::Account => is_account(&entry.value, &request.caller),
    }))
}

/// "You cannot use a wildcard to match part of a principal name or ARN": texts are compared as they are.
fn is_caller(entry: &PrincipalEntry, request: &Request) -> Holds {
    match (entry, &request.caller) {
        (PrincipalEntry::Everyone, _) => Holds::Yes,
        (PrincipalEntry::Arn(arn), Caller::User(user)) => (**arn == *user.as_str()).into(),
        (PrincipalEntry::Arn(arn), Caller::FederatedUser(session)) => {
            (**arn == *session.session.as_str()).into()
        }
        (PrincipalEntry::Arn(arn), Caller::Role(session)) => is_session(arn, session),
        (PrincipalEntry::Service(name), Caller::Service(service)) => (name == service).into(),
        (PrincipalEntry::UniqueId(id), Caller::User(_)) => has_id(id, request),
        // Who comes with the token of an identity provider has no AWS credentials, and is none of our callers.
        (
            PrincipalEntry::Account(_)
            | PrincipalEntry::Arn(_)
            | PrincipalEntry::UniqueId(_)
            | PrincipalEntry::Service(_)
            | PrincipalEntry::Federated(_)
            | PrincipalEntry::CanonicalUser(_),
            _,
        ) => Holds::No,
    }
}

/// `arn:aws:sts::111111111111:assumed-role/Name/session`.
fn is_session(arn: &str, session: &RoleSession) -> Holds {
    let role = &session.role;
    let account = role.account_part();
    let prefix = format!("arn:{}:sts::{account}:assumed-role/{}/", role.partition(), name(role));
    match (arn.strip_prefix(&prefix), &session.session_name) {
        (None, _) => Holds::No,
        (Some(listed), Some(name)) => (listed == &**name).into(),
        (Some(_), None) => Holds::depends_on_gap(Gap(format!("the name of the session of `{role}`").into())),
    }
}

/// The id that "appears in resource-based policies because AWS can no longer map it back to a valid ARN": it names
/// who has it, and a new user or role of the old name has another. `aws:userid` is a user's id, or a role's with the
/// session's name.
fn has_id(id: &str, request: &Request) -> Holds {
    let key = ContextKey::new("aws:userid");
    match request.context.state(&key) {
        KeyState::Absent | KeyState::Known(Values::Many(_)) => Holds::No,
        KeyState::Known(Values::One(own)) => (own.split(':').next() == Some(id)).into(),
        KeyState::Unknown => Holds::depends_on_key(&key),
    }
}

/// A role by its ARN, where a session may not know its role's path: names are unique in an account. The user
/// behind a federated session by its ARN.
fn is_identity(entry: &PrincipalEntry, request: &Request) -> Holds {
    match (entry, &request.caller) {
        (PrincipalEntry::Arn(arn), Caller::Role(session)) => is_role(arn, &session.role).into(),
        (PrincipalEntry::UniqueId(id), Caller::Role(_)) => has_id(id, request),
        (PrincipalEntry::Arn(arn), Caller::FederatedUser(session)) => is_issuer(arn, session),
        (
            PrincipalEntry::Everyone
            | PrincipalEntry::Account(_)
            | PrincipalEntry::Arn(_)
            | PrincipalEntry::UniqueId(_)
            | PrincipalEntry::Service(_)
            | PrincipalEntry::Federated(_)
            | PrincipalEntry::CanonicalUser(_),
            _,
        ) => Holds::No,
    }
}

fn is_role(arn: &str, role: &Arn) -> bool {
    let Some(listed) = Arn::parse(arn) else {
        return false;
    };
    let place =
        |arn: &Arn| [arn.partition(), arn.service(), arn.region(), arn.account_part()].map(str::to_owned);
    place(&listed) == place(role) && listed.resource().starts_with("role/") && name(&listed) == name(role)
}

fn is_issuer(arn: &str, session: &FederatedSession) -> Holds {
    match &session.issuer {
        Some(issuer) => (arn == issuer.as_str()).into(),
        None => {
            let user =
                format!("arn:{}:iam::{}:user/", session.session.partition(), session.session.account_part());
            if arn.starts_with(&user) {
                Holds::depends_on_gap(Gap(
                    format!("the user who made the session `{}`", session.session).into()
                ))
            } else {
                Holds::No
            }
        }
    }
}

/// "The account ARN and the shortened account ID behave the same way. Both delegate permissions to the account."
/// Which account a canonical user id belongs to is not known here.
fn is_account(entry: &PrincipalEntry, caller: &Caller) -> Holds {
    match (entry, caller.account()) {
        (PrincipalEntry::Account(listed), Some(account)) => (*listed == account).into(),
        (PrincipalEntry::CanonicalUser(id), Some(_)) => {
            Holds::depends_on_gap(Gap(format!("the account of the canonical user `{id}`").into()))
        }
        (
            PrincipalEntry::Everyone
            | PrincipalEntry::Account(_)
            | PrincipalEntry::Arn(_)
            | PrincipalEntry::UniqueId(_)
            | PrincipalEntry::Service(_)
            | PrincipalEntry::Federated(_)
            | PrincipalEntry::CanonicalUser(_),
            _,
        ) => Holds::No,
    }
}

/// The last part of a role's path and name.
fn name(role: &Arn) -> &str {
    role.resource().rsplit('/').next().unwrap_or_default()
}
