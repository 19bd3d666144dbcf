//! Service control policies of the caller's account.

use portcullis_iam::{AccountId, PolicySet, Request};

use super::{LayerKind, Vote, is_service_linked};

/// They bind every principal of a member account, its root user too. They do not bind the management account,
/// service-linked roles, services and anonymous callers. (AWS also exempts four tasks of the root user and a few
/// retired APIs; those are no actions that a request here can have.)
pub(super) fn binds(request: &Request, management_account: Option<AccountId>) -> bool {
    let account = request.caller.account();
    account.is_some() && account != management_account && !is_service_linked(&request.caller)
}

/// Every level must allow, and a deny at any level denies.
pub(super) fn vote(request: &Request, policies: &PolicySet) -> Vote {
    let mut all = Vote::ABSTAIN;
    for level in &policies.service_control {
        let vote = super::vote(LayerKind::ServiceControl, &level.layer, request);
        all = Vote { allow: all.allow.and(vote.allow), deny: all.deny.or(vote.deny) };
    }
    all
}
