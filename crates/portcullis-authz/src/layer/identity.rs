//! Identity policies: of the user and its groups, or of the role.

use portcullis_iam::{Caller, Request};

/// They bind users and sessions. The root user has none and may do everything, and so may, before its session
/// policies, a federated session that the root user made. Services and anonymous callers have none either.
pub(super) fn binds(request: &Request) -> bool {
    match &request.caller {
        Caller::Anonymous | Caller::Service(_) | Caller::Root(_) => false,
        Caller::User(_) | Caller::Role(_) => true,
        Caller::FederatedUser(session) => {
            session.issuer.as_ref().is_none_or(|issuer| issuer.resource() != "root")
        }
    }
}
