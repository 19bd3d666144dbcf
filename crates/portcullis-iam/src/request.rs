//! A request: principal, action, resource, context.

use crate::action::Action;
use crate::arn::{AccountId, Arn};
use crate::context::Context;

/// One request to AWS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Who calls.
    pub caller: Caller,
    /// The credential that the call is signed with, as far as it matters beyond the context.
    pub credential: Credential,
    /// What is called.
    pub action: Action,
    /// The resource's ARN as text, or `*`.
    pub resource: Box<str>,
    /// The account that owns the resource, when known: the ARN's own account, else what the caller states.
    pub resource_owner: Option<AccountId>,
    /// The condition keys.
    pub context: Context,
}

/// Who makes a request.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Caller {
    /// A request without credentials.
    Anonymous,
    /// An AWS service acting for itself: `lambda.amazonaws.com`.
    Service(Box<str>),
    /// The root user of an account: `arn:aws:iam::111111111111:root`.
    Root(Arn),
    /// An IAM user, whatever the credential: `arn:aws:iam::111111111111:user/path/alice`.
    User(Arn),
    /// A session of a role.
    Role(RoleSession),
    /// A session from GetFederationToken.
    FederatedUser(FederatedSession),
}

/// A session of a role.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RoleSession {
    /// `arn:aws:iam::111111111111:role/path/Name`. Built without a path when only the session's ARN is known.
    pub role: Arn,
    /// The session's name; unknown when the role itself was given as the caller.
    pub session_name: Option<Box<str>>,
}

/// A session from GetFederationToken.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FederatedSession {
    /// `arn:aws:sts::111111111111:federated-user/name`.
    pub session: Arn,
    /// The user (or root) that called GetFederationToken, when known.
    pub issuer: Option<Arn>,
}

/// The credential of a request, where AWS treats credentials differently apart from condition keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Credential {
    /// Not stated: no rule that depends on the credential applies.
    Unstated,
    /// An access key of a user or of root.
    LongTermKey,
    /// A console sign-in.
    Console,
    /// Temporary credentials from GetSessionToken, with or without MFA as the context says.
    SessionToken,
    /// Temporary credentials from GetFederationToken, used with the API or CLI.
    FederationToken,
    /// Temporary credentials of a role session.
    RoleSession,
}

impl Caller {
    /// The account of the caller; none for anonymous and service callers.
    pub fn account(&self) -> Option<AccountId> {
        match self {
            Caller::Anonymous | Caller::Service(_) => None,
            Caller::Root(arn) | Caller::User(arn) => arn.account(),
            Caller::Role(session) => session.role.account(),
            Caller::FederatedUser(session) => session.session.account(),
        }
    }
}
