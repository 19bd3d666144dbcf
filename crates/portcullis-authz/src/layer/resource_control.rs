//! Resource control policies of the resource's account.

use portcullis_iam::{AccountId, Request, Truth, catalog};

use super::resource::assumes_role;
use super::{SERVICE_LINKED_ROLE, Vote, is_service_linked, owner};

/// They bind whoever uses a resource of a member account, when its service supports them. They do not bind
/// service-linked roles, whether these call or are assumed, nor `kms:RetireGrant`. (Nor do they bind KMS keys that AWS
/// manages, but a key's ARN does not tell those from the customer's.)
///
/// Source: Organizations guide, "Resource control policies".
pub(super) fn binds(request: &Request, management_account: Option<AccountId>) -> bool {
    let spared = (management_account.is_some() && owner(request) == management_account)
        || is_service_linked(&request.caller)
        || (assumes_role(request) && request.resource.contains(SERVICE_LINKED_ROLE))
        || request.action.lower() == "kms:retiregrant";
    !spared && supported(request.action.service())
}

/// Any level may deny. Nothing else matters: `RCPFullAWSAccess` is attached to every level for good.
pub(super) fn with_level(levels: Vote, level: Vote) -> Vote {
    Vote { allow: Truth::True, deny: levels.deny.or(level.deny) }
}

fn supported(service: &str) -> bool {
    catalog::catalog().service(service).is_some_and(|service| service.resource_control)
}
