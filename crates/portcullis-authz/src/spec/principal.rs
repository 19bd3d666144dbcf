//! `Principal` and `NotPrincipal`. IAM: reference_policies_elements_principal,
//! reference_policies_elements_notprincipal.

use portcullis_iam::principal::{PrincipalClause, PrincipalEntry};
use portcullis_iam::request::{FederatedSession, RoleSession};
use portcullis_iam::{Arn, Caller, Gap, Polarity, Request};

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

/// Whether `NotPrincipal` surely leaves the caller out of a Deny.
///
/// "You must also specify the account ARN of the not-denied principal. Otherwise, the policy might deny access to
/// the entire account. AWS might validate the account first, then the role, and then the assumed-role user."
/// So who is listed without its account, or whose account alone is listed, is denied or is not: AWS does not say.
fn is_left_out(caller: Holds, identity: Holds, account: Holds, who: &Caller) -> Holds {
    match who {
        Caller::Anonymous | Caller::Service(_) => caller,
        Caller::Root(_) => caller.or(account),
        Caller::User(_) | Caller::FederatedUser(_) => both_or_neither(caller.or(identity), account),
        Caller::Role(_) if identity == Holds::Yes => both_or_neither(identity, account),
        Caller::Role(_) => both_or_neither(caller, account).and(maybe("the role behind a session")),
    }
}

fn both_or_neither(own: Holds, account: Holds) -> Holds {
    match (own, account) {
        (Holds::Yes, Holds::Yes) => Holds::Yes,
        (Holds::No, Holds::No) => Holds::No,
        (_, _) => maybe("a principal and its account"),
    }
}

fn maybe(left_out: &str) -> Holds {
    Holds::depends_on_gap(Gap(format!("how NotPrincipal treats {left_out}").into()))
}

fn listed(clause: &PrincipalClause, reach: Reach, request: &Request) -> Holds {
    Holds::any(clause.entries.iter().map(|entry| match reach {
        Reach::Caller => is_caller(&entry.value, request),
        Reach::Identity => is_identity(&entry.value, &request.caller),
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
        (PrincipalEntry::Federated(provider), Caller::Anonymous) => is_provider(provider, request),
        // The id of a principal that has been deleted: "the policy no longer applies, even if you recreate" it.
        (PrincipalEntry::UniqueId(_), _) => Holds::No,
        (
            PrincipalEntry::Account(_)
            | PrincipalEntry::Arn(_)
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
        (Some(_), None) => Holds::depends_on_gap(Gap(format!("session name of {role}").into())),
    }
}

/// Who calls AssumeRoleWithSAML or AssumeRoleWithWebIdentity has no AWS credentials; its provider is not part of
/// the request.
fn is_provider(provider: &str, request: &Request) -> Holds {
    let actions = ["sts:assumerolewithsaml", "sts:assumerolewithwebidentity"];
    if actions.contains(&request.action.lower()) {
        Holds::depends_on_gap(Gap(format!("whether the caller comes from {provider}").into()))
    } else {
        Holds::No
    }
}

/// A role by its ARN, where a session may not know its role's path: names are unique in an account. The user
/// behind a federated session by its ARN.
fn is_identity(entry: &PrincipalEntry, caller: &Caller) -> Holds {
    match (entry, caller) {
        (PrincipalEntry::Arn(arn), Caller::Role(session)) => is_role(arn, &session.role).into(),
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
                Holds::depends_on_gap(Gap(format!("user behind {}", session.session).into()))
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
            Holds::depends_on_gap(Gap(format!("account of canonical user {id}").into()))
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
