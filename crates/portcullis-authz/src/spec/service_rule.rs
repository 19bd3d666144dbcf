//! What AWS STS and IAM decide before any policy. IAM: id_credentials_sts-comparison.

use portcullis_iam::{Caller, ContextKey, Credential, KeyState, Request, Values};

use crate::decision::Unsettled;

use super::holds::Holds;

/// What the service itself says of a request.
pub(super) enum Rule {
    /// Allowed, whatever policies say.
    Allowed,
    /// Denied, whatever policies say.
    Barred,
    /// Policies decide.
    Policies,
    /// Denied or left to policies: that depends on what is unknown.
    PoliciesUnlessBarred(Unsettled),
}

/// The rule for `request`.
pub(super) fn rule(request: &Request) -> Rule {
    match (request.action.service(), request.action.name()) {
        // "If an administrator adds a policy that explicitly denies access to the sts:GetCallerIdentity action, you
        // can still perform this operation." The request must be signed.
        ("sts", "getcalleridentity") if request.caller != Caller::Anonymous => Rule::Allowed,
        // Permissions that other operations need, and no operations of their own: nothing bars them.
        ("sts", "tagsession" | "setsourceidentity" | "setcontext" | "getservicebearertoken") => {
            Rule::Policies
        }
        ("sts", name) => sts(name, request),
        ("iam", _) => iam(request),
        _ => Rule::Policies,
    }
}

/// The columns "Who can call" and "Restrictions on resulting temporary credentials", of the operations of STS.
fn sts(name: &str, request: &Request) -> Rule {
    let is_barred = match (&request.caller, request.credential) {
        // "Cannot call AWS STS operations except GetCallerIdentity", which is allowed above.
        (Caller::FederatedUser(_), _) | (_, Credential::FederationToken) => true,
        // "Cannot call AWS STS API operations except AssumeRole or GetCallerIdentity."
        (_, Credential::SessionToken) if name != "assumerole" => true,
        // AssumeRole: "IAM user or IAM role with existing temporary security credentials".
        (Caller::Root(_), _) if name == "assumerole" => true,
        // GetFederationToken and GetSessionToken: "IAM user or AWS account root user", and credentials of AssumeRole
        // "cannot call GetFederationToken or GetSessionToken".
        (Caller::User(_) | Caller::Root(_), Credential::RoleSession)
        | (Caller::Role(_) | Caller::Service(_), _) => {
            ["getfederationtoken", "getsessiontoken"].contains(&name)
        }
        (Caller::Anonymous, _) => false,
        (
            Caller::User(_) | Caller::Root(_),
            Credential::Unstated | Credential::LongTermKey | Credential::Console | Credential::SessionToken,
        ) => false,
    };
    match (is_barred, &request.caller) {
        (true, _) => Rule::Barred,
        // "You cannot use policies to control authentication operations."
        (false, Caller::User(_) | Caller::Root(_)) if name == "getsessiontoken" => Rule::Allowed,
        (false, _) => Rule::Policies,
    }
}

/// The column "Restrictions on resulting temporary credentials", of the operations of IAM.
fn iam(request: &Request) -> Rule {
    match request.credential {
        // "Cannot call IAM operations using the AWS CLI or AWS API. This does not apply to console sessions."
        Credential::FederationToken => Rule::Barred,
        // "Cannot call IAM API operations unless MFA information is included with the request."
        Credential::SessionToken => match has_mfa(request) {
            Holds::Yes => Rule::Policies,
            Holds::No => Rule::Barred,
            Holds::Depends(unsettled) => Rule::PoliciesUnlessBarred(unsettled),
        },
        Credential::Unstated | Credential::LongTermKey | Credential::Console | Credential::RoleSession => {
            Rule::Policies
        }
    }
}

/// Whether the session was made with MFA.
fn has_mfa(request: &Request) -> Holds {
    let key = ContextKey::new("aws:MultiFactorAuthPresent");
    match request.context.state(&key) {
        KeyState::Absent => Holds::No,
        KeyState::Known(Values::One(value)) => value.eq_ignore_ascii_case("true").into(),
        KeyState::Known(Values::Many(_)) => Holds::No,
        KeyState::Unknown => Holds::depends_on_key(&key),
    }
}
