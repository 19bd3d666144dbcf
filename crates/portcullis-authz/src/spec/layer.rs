//! Which policies apply to a request. IAM: access_policies, reference_policies_evaluation-logic_policy-eval-denyallow.

use portcullis_iam::catalog::catalog;
use portcullis_iam::policy_set::{Layer, Level};
use portcullis_iam::{AccountId, Action, Arn, Caller, PolicySet, Request};

/// The policies that apply to one request.
pub(super) struct Applicable<'p> {
    /// What the caller has of its own.
    pub(super) identity: Identity<'p>,
    /// The permissions boundary of the identity behind the caller.
    pub(super) boundary: Option<&'p Layer>,
    /// The session policies.
    pub(super) session: Option<&'p Layer>,
    /// SCPs, level by level.
    pub(super) service_control: &'p [Level],
    /// RCPs, level by level.
    pub(super) resource_control: &'p [Level],
    /// The resource's policy.
    pub(super) resource: Option<&'p Layer>,
    /// The VPC endpoint's policy.
    pub(super) endpoint: Option<&'p Layer>,
}

/// What the caller has of its own.
pub(super) enum Identity<'p> {
    /// Nothing: anonymous callers and services.
    Nothing,
    /// Everything: "all requests are implicitly denied with the exception of the root user, which has full access".
    Everything,
    /// What the policies of its user (with groups) or role say.
    Policies(&'p Layer),
}

/// The policies that apply to `request`.
pub(super) fn applicable<'p>(request: &Request, policies: &'p PolicySet) -> Applicable<'p> {
    let identity = match &request.caller {
        Caller::Anonymous | Caller::Service(_) => Identity::Nothing,
        Caller::Root(_) => Identity::Everything,
        // "This session's ARN is based on the original identity that was federated", which may be the root user.
        Caller::FederatedUser(session) if session.issuer.as_ref().is_some_and(is_root) => {
            Identity::Everything
        }
        Caller::User(_) | Caller::Role(_) | Caller::FederatedUser(_) => {
            Identity::Policies(&policies.identity)
        }
    };
    Applicable {
        boundary: policies.boundary.as_ref().filter(|_| matches!(identity, Identity::Policies(_))),
        session: policies.session.as_ref().filter(|_| !matches!(identity, Identity::Nothing)),
        identity,
        service_control: if bound_by_scps(request, policies) { &policies.service_control } else { &[] },
        resource_control: if bound_by_rcps(request, policies) { &policies.resource_control } else { &[] },
        resource: policies.resource.as_ref(),
        endpoint: policies.endpoint.as_ref(),
    }
}

/// "SCPs affect all users and roles in attached accounts, including the root user", but no "users or roles in the
/// management account" and no "service-linked role". ORG: orgs_manage_policies_scps.
fn bound_by_scps(request: &Request, policies: &PolicySet) -> bool {
    let account = request.caller.account();
    account.is_some() && account != policies.management_account && !is_service_linked(&request.caller)
}

/// "RCPs don't affect resources in the management account", "calls made by service-linked roles", "AWS services'
/// ability to assume a service-linked role", and "`kms:RetireGrant`"; and they apply to some services only.
/// ORG: orgs_manage_policies_rcps.
fn bound_by_rcps(request: &Request, policies: &PolicySet) -> bool {
    let in_management_account =
        policies.management_account.is_some() && owner(request) == policies.management_account;
    let assumes_service_linked = makes_session(&request.action)
        && Arn::parse(&request.resource).is_some_and(|role| is_service_role(&role));
    !in_management_account
        && !assumes_service_linked
        && !is_service_linked(&request.caller)
        && request.action.lower() != "kms:retiregrant"
        && catalog().service(request.action.service()).is_some_and(|service| service.resource_control)
}

/// The account of the resource: as stated, else the caller's own.
pub(super) fn owner(request: &Request) -> Option<AccountId> {
    request.resource_owner.or(request.caller.account())
}

/// Whether a trust policy is asked: to assume a role, or to tag the session in doing so.
pub(super) fn makes_session(action: &Action) -> bool {
    let name = action.name();
    let asks = name.starts_with("assumerole") || ["tagsession", "setsourceidentity"].contains(&name);
    action.service() == "sts" && asks
}

fn is_root(arn: &Arn) -> bool {
    arn.resource() == "root"
}

fn is_service_linked(caller: &Caller) -> bool {
    match caller {
        Caller::Role(session) => is_service_role(&session.role),
        Caller::Anonymous
        | Caller::Service(_)
        | Caller::Root(_)
        | Caller::User(_)
        | Caller::FederatedUser(_) => false,
    }
}

/// A service-linked role is known by its path.
fn is_service_role(role: &Arn) -> bool {
    role.service() == "iam" && role.resource().starts_with("role/aws-service-role/")
}
