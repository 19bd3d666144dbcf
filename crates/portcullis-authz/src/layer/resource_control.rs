//! Resource control policies of the resource's account.

use portcullis_iam::{AccountId, PolicySet, Request, Truth, catalog};

use super::{LayerKind, Vote, is_service_linked, owner};

/// They bind whoever uses a resource of a member account, when its service supports them. They do not bind
/// service-linked roles and `kms:RetireGrant`. (Nor do they bind KMS keys that AWS manages, but a key's ARN does not
/// tell those from the customer's.)
pub(super) fn binds(request: &Request, management_account: Option<AccountId>) -> bool {
    let owned_by_management = management_account.is_some() && owner(request) == management_account;
    !owned_by_management
        && !is_service_linked(&request.caller)
        && request.action.lower() != "kms:retiregrant"
        && supported(request.action.service())
}

/// A deny at any level denies. Nothing else matters: `RCPFullAWSAccess` is attached to every level for good.
pub(super) fn vote(request: &Request, policies: &PolicySet) -> Vote {
    let votes = policies
        .resource_control
        .iter()
        .map(|level| super::vote(LayerKind::ResourceControl, &level.layer, request));
    Vote { allow: Truth::True, deny: votes.fold(Truth::False, |deny, vote| deny.or(vote.deny)) }
}

fn supported(service: &str) -> bool {
    catalog::catalog().service(service).is_some_and(|service| service.resource_control)
}
