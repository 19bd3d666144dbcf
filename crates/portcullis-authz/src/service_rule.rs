//! What a service decides before any policy is asked.
//!
//! Sources: IAM guide, "Compare AWS STS credentials" and "Permissions for GetSessionToken"; STS API reference,
//! AssumeRole. The bars are on API operations: what only names a permission, such as `sts:TagSession`, passes.

use std::fmt;

use portcullis_iam::{Action, Caller, Context, ContextKey, Credential, KeyState, Request, Truth, Values};

use crate::decision::Decision;

/// A rule of a service that no policy changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ServiceRule {
    /// `sts:GetSessionToken` and `sts:GetCallerIdentity` need no permission, and no policy can deny them.
    NoPolicyGoverns,
    /// Credentials from GetSessionToken call IAM only when they were made with MFA.
    SessionTokenCallsIam,
    /// Of STS, credentials from GetSessionToken call AssumeRole and GetCallerIdentity only.
    SessionTokenCallsSts,
    /// Credentials from GetFederationToken do not call IAM through the API or CLI.
    FederationTokenCallsIam,
    /// Of STS, credentials from GetFederationToken call GetCallerIdentity only.
    FederationTokenCallsSts,
    /// Only users and the root user call GetSessionToken and GetFederationToken: no role session, no service.
    RoleSessionMintsTokens,
    /// The root user cannot assume a role.
    RootAssumesRole,
}

/// A rule that bears on a request, and whether it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The rule.
    pub rule: ServiceRule,
    /// Whether it bears on the request.
    pub holds: Truth,
}

/// The key that says whether a session was made with MFA.
pub(crate) const MFA: &str = "aws:multifactorauthpresent";

impl ServiceRule {
    /// What the rule decides; a bar is no explicit deny, as no statement denies.
    pub fn decision(self) -> Decision {
        match self {
            ServiceRule::NoPolicyGoverns => Decision::Allowed,
            ServiceRule::SessionTokenCallsIam
            | ServiceRule::SessionTokenCallsSts
            | ServiceRule::FederationTokenCallsIam
            | ServiceRule::FederationTokenCallsSts
            | ServiceRule::RoleSessionMintsTokens
            | ServiceRule::RootAssumesRole => Decision::ImplicitDeny,
        }
    }
}

impl fmt::Display for ServiceRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ServiceRule::NoPolicyGoverns => "no policy governs this call",
            ServiceRule::SessionTokenCallsIam => {
                "credentials from GetSessionToken without MFA cannot call IAM"
            }
            ServiceRule::SessionTokenCallsSts => {
                "of STS, credentials from GetSessionToken can call AssumeRole and GetCallerIdentity only"
            }
            ServiceRule::FederationTokenCallsIam => {
                "credentials from GetFederationToken cannot call IAM through the API or CLI"
            }
            ServiceRule::FederationTokenCallsSts => {
                "of STS, credentials from GetFederationToken can call GetCallerIdentity only"
            }
            ServiceRule::RoleSessionMintsTokens => {
                "a role session can call neither GetSessionToken nor GetFederationToken"
            }
            ServiceRule::RootAssumesRole => "the root user cannot assume a role",
        })
    }
}

/// The rule that bears on `request`, if there is one.
pub fn of(request: &Request) -> Option<Applied> {
    let always = |rule| Some(Applied { rule, holds: Truth::True });
    match (request.action.service(), request.action.name()) {
        ("iam", _) => iam(request),
        ("sts", "getcalleridentity") if signed(&request.caller) => always(ServiceRule::NoPolicyGoverns),
        ("sts", _) => barred_from_sts(request).or(mints_token(request)).and_then(always),
        _ => None,
    }
}

fn iam(request: &Request) -> Option<Applied> {
    let applied = |rule, holds| Some(Applied { rule, holds });
    match request.credential {
        Credential::SessionToken => {
            applied(ServiceRule::SessionTokenCallsIam, !made_with_mfa(&request.context))
        }
        Credential::FederationToken => applied(ServiceRule::FederationTokenCallsIam, Truth::True),
        Credential::Unstated | Credential::LongTermKey | Credential::Console | Credential::RoleSession => {
            None
        }
    }
}

/// The bar on an operation of STS, by the credential that calls it.
fn barred_from_sts(request: &Request) -> Option<ServiceRule> {
    let name = request.action.name();
    if is_only_a_permission(&request.action) {
        return None;
    }
    match (&request.caller, request.credential) {
        (Caller::FederatedUser(_), _) | (_, Credential::FederationToken) => {
            Some(ServiceRule::FederationTokenCallsSts)
        }
        (Caller::Root(_), _) if name == "assumerole" => Some(ServiceRule::RootAssumesRole),
        (_, Credential::SessionToken) if name != "assumerole" => Some(ServiceRule::SessionTokenCallsSts),
        (Caller::Role(_) | Caller::Service(_), _) | (_, Credential::RoleSession)
            if matches!(name, "getsessiontoken" | "getfederationtoken") =>
        {
            Some(ServiceRule::RoleSessionMintsTokens)
        }
        _ => None,
    }
}

fn mints_token(request: &Request) -> Option<ServiceRule> {
    let mints = request.action.name() == "getsessiontoken" && signed(&request.caller);
    mints.then_some(ServiceRule::NoPolicyGoverns)
}

/// Whether the caller signs its requests.
fn signed(caller: &Caller) -> bool {
    match caller {
        Caller::Anonymous => false,
        Caller::Service(_)
        | Caller::Root(_)
        | Caller::User(_)
        | Caller::Role(_)
        | Caller::FederatedUser(_) => true,
    }
}

/// Whether an action of STS names a permission that other operations need, and no operation.
fn is_only_a_permission(action: &Action) -> bool {
    matches!(action.name(), "tagsession" | "setsourceidentity" | "setcontext" | "getservicebearertoken")
}

fn made_with_mfa(context: &Context) -> Truth {
    match context.state(&ContextKey::new(MFA)) {
        KeyState::Known(Values::One(value)) => value.eq_ignore_ascii_case("true").into(),
        KeyState::Known(Values::Many(_)) | KeyState::Absent => Truth::False,
        KeyState::Unknown => Truth::Unknown,
    }
}
