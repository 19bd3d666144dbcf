//! Service control policies of the caller's account.

use portcullis_iam::{AccountId, Request};

use super::{Vote, is_service_linked};

/// They bind every principal of a member account, its root user too. They do not bind the management account,
/// service-linked roles, services and anonymous callers. (AWS also exempts four tasks of the root user and a few
/// retired APIs; those are no actions that a request here can have.)
pub(super) fn binds(request: &Request, management_account: Option<AccountId>) -> bool {
    let account = request.caller.account();
    account.is_some() && account != management_account && !is_service_linked(&request.caller)
}

/// Every level must allow, and any level may deny.
pub(super) fn with_level(levels: Vote, level: Vote) -> Vote {
    Vote { allow: levels.allow.and(level.allow), deny: levels.deny.or(level.deny) }
}
