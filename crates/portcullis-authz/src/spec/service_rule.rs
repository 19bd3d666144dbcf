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
    let action = request.action.lower();
    let has_account = request.caller.account().is_some();
    match action {
        // "If an administrator adds a policy that explicitly denies access to the sts:GetCallerIdentity action, you
        // can still perform this operation."
        "sts:getcalleridentity" if has_account => Rule::Allowed,
        // "You cannot use policies to control authentication operations." Who can call: "IAM user or root user",
        // and none with the temporary credentials that the table below describes.
        "sts:getsessiontoken" if is_user_or_root(request) && !is_temporary(request.credential) => {
            Rule::Allowed
        }
        "sts:getsessiontoken" | "sts:getfederationtoken" if !is_user_or_root(request) => Rule::Barred,
        "sts:assumerole" if matches!(request.caller, Caller::Root(_)) => Rule::Barred,
        _ => by_credential(request),
    }
}

/// The column "Restrictions on resulting temporary credentials".
fn by_credential(request: &Request) -> Rule {
    let (service, name) = (request.action.service(), request.action.name());
    match (request.credential, service) {
        // "Cannot call GetFederationToken or GetSessionToken."
        (Credential::RoleSession, "sts") if ["getfederationtoken", "getsessiontoken"].contains(&name) => {
            Rule::Barred
        }
        // "Cannot call IAM operations using the AWS CLI or AWS API. Cannot call AWS STS operations except
        // GetCallerIdentity", which is allowed above.
        (Credential::FederationToken, "iam" | "sts") => Rule::Barred,
        // "Cannot call AWS STS API operations except AssumeRole or GetCallerIdentity."
        (Credential::SessionToken, "sts") if name != "assumerole" => Rule::Barred,
        // "Cannot call IAM API operations unless MFA information is included with the request."
        (Credential::SessionToken, "iam") => match has_mfa(request) {
            Holds::Yes => Rule::Policies,
            Holds::No => Rule::Barred,
            Holds::Depends(unsettled) => Rule::PoliciesUnlessBarred(unsettled),
        },
        (
            Credential::Unstated
            | Credential::LongTermKey
            | Credential::Console
            | Credential::RoleSession
            | Credential::SessionToken,
            _,
        )
        | (Credential::FederationToken, _) => Rule::Policies,
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

fn is_user_or_root(request: &Request) -> bool {
    match request.caller {
        Caller::User(_) | Caller::Root(_) => true,
        Caller::Anonymous | Caller::Service(_) | Caller::Role(_) | Caller::FederatedUser(_) => false,
    }
}

fn is_temporary(credential: Credential) -> bool {
    match credential {
        Credential::SessionToken | Credential::FederationToken | Credential::RoleSession => true,
        Credential::Unstated | Credential::LongTermKey | Credential::Console => false,
    }
}
