//! The order of evaluation. IAM: reference_policies_evaluation-logic_policy-eval-denyallow (one account),
//! reference_policies_evaluation-logic-cross-account (two).

use portcullis_iam::{Arn, Caller, Effect, PolicySet, Request};

use crate::decision::{Answer, Decision, Outcomes, Unsettled};

use super::grant::{ANY_REACH, any_level_denies, attached, every_level_allows, granted, refused};
use super::holds::{self, Holds};
use super::layer::{self, Applicable, Identity};
use super::principal::Reach;
use super::resource::ShortArns;
use super::service_rule::{self, Rule};

/// The decisions that are possible, given what is unknown.
///
/// A rule of the service comes before all policies; "an explicit deny overrides an explicit allow"; what nothing
/// allows is implicitly denied.
pub(super) fn decide(request: &Request, policies: &PolicySet) -> Answer {
    match service_rule::rule(request) {
        Rule::Allowed => Answer::settled(Decision::Allowed),
        Rule::Barred => Answer::settled(Decision::ImplicitDeny),
        Rule::Policies => by_policies(request, policies),
        Rule::PoliciesUnlessBarred(bar) => either(
            Answer { outcomes: Outcomes::only(Decision::ImplicitDeny), unsettled: bar },
            by_policies(request, policies),
        ),
    }
}

fn by_policies(request: &Request, policies: &PolicySet) -> Answer {
    let applicable = layer::applicable(request, policies);
    let denied = is_denied(&applicable, request);
    if denied == Holds::Yes {
        return Answer::settled(Decision::ExplicitDeny);
    }
    let if_not_denied = match is_allowed(&applicable, request) {
        Holds::Yes => Answer::settled(Decision::Allowed),
        Holds::No => Answer::settled(Decision::ImplicitDeny),
        Holds::Depends(unsettled) => Answer {
            outcomes: Outcomes::only(Decision::Allowed).or(Outcomes::only(Decision::ImplicitDeny)),
            unsettled,
        },
    };
    match denied {
        Holds::Yes | Holds::No => if_not_denied,
        Holds::Depends(unsettled) => {
            either(Answer { outcomes: Outcomes::only(Decision::ExplicitDeny), unsettled }, if_not_denied)
        }
    }
}

/// "In all those policies, the enforcement code looks for a Deny statement that applies to the request."
fn is_denied(policies: &Applicable<'_>, request: &Request) -> Holds {
    let of_caller = match policies.identity {
        Identity::Policies(layer) => Some(layer),
        Identity::Nothing | Identity::Everything => None,
    };
    let attached_to_caller = [of_caller, policies.boundary, policies.session];
    let has_boundary = policies.boundary.is_some();
    Holds::any(
        attached_to_caller
            .into_iter()
            .flatten()
            .map(|layer| attached(layer, ShortArns::Completed, Effect::Deny, request)),
    )
    .or(any_level_denies(policies.service_control, request))
    .or(any_level_denies(policies.resource_control, request))
    .or(refused(policies.resource, has_boundary, request))
    .or(refused(policies.endpoint, has_boundary, request))
}

/// Whether everything that must allow the request does. RCPs need no question here: RCPFullAWSAccess "can't be
/// detached, so there will always be an Allow statement".
fn is_allowed(policies: &Applicable<'_>, request: &Request) -> Holds {
    let scps = every_level_allows(policies.service_control, request);
    let endpoint = match policies.endpoint {
        Some(endpoint) => granted(Some(endpoint), &ANY_REACH, request),
        None => Holds::Yes,
    };
    let access = match request.caller.account() {
        // Without an account there is no identity side: the resource's policy decides.
        None => granted(policies.resource, &[Reach::Caller], request),
        account if account == layer::owner(request) => is_allowed_in_one_account(policies, request),
        Some(_) => is_allowed_by_both_accounts(policies, request),
    };
    scps.and(endpoint).and(access)
}

fn is_allowed_in_one_account(policies: &Applicable<'_>, request: &Request) -> Holds {
    // "If a resource-based policy grants permission directly to the IAM user or the session principal, then an
    // implicit deny in an identity-based policy, a permissions boundary, or a session policy does not impact the
    // final decision." The same holds for everyone (`*`).
    let to_caller = granted(policies.resource, &[Reach::Caller], request);
    // "Policies that grant permissions to an IAM role ARN are limited by an implicit deny in a permissions boundary
    // or session policy", and so are those that name the user behind a federated session.
    let to_identity = granted(policies.resource, &[Reach::Identity], request);
    // An account is named only to delegate: the identity's own policies must allow too. Where the resource's policy
    // must name someone, they do not suffice alone.
    let identity = if policies.resource.is_some() && must_name_principals(request) {
        own(policies, request).and(granted(policies.resource, &[Reach::Account], request))
    } else {
        own(policies, request)
    };
    to_caller.or(to_identity.or(identity).and(limits(policies, request)))
}

/// "The request is allowed only if both evaluations return a decision of Allow."
fn is_allowed_by_both_accounts(policies: &Applicable<'_>, request: &Request) -> Holds {
    let in_callers_account = own(policies, request).and(limits(policies, request));
    let in_resources_account = granted(policies.resource, &ANY_REACH, request);
    in_callers_account.and(in_resources_account)
}

/// Whether the caller's identity-based policies allow it.
fn own(policies: &Applicable<'_>, request: &Request) -> Holds {
    match policies.identity {
        Identity::Nothing => Holds::No,
        Identity::Everything => Holds::Yes,
        Identity::Policies(layer) => attached(layer, ShortArns::Completed, Effect::Allow, request),
    }
}

/// Whether boundary and session policies let it through. A federated user's session without session policies has
/// no permissions but those that a resource's policy gives it (STS API: GetFederationToken).
fn limits(policies: &Applicable<'_>, request: &Request) -> Holds {
    let boundary = match policies.boundary {
        Some(layer) => attached(layer, ShortArns::Completed, Effect::Allow, request),
        None => Holds::Yes,
    };
    let session = match (policies.session, &request.caller) {
        (Some(layer), _) => attached(layer, ShortArns::Completed, Effect::Allow, request),
        (None, Caller::FederatedUser(_)) => Holds::No,
        (
            None,
            Caller::Anonymous | Caller::Service(_) | Caller::Root(_) | Caller::User(_) | Caller::Role(_),
        ) => Holds::Yes,
    };
    boundary.and(session)
}

/// "IAM role trust policies and KMS key policies are exceptions to this logic, because they must explicitly allow
/// access for principals." One that is not given is out of scope: the policy simulator lets the identity's policies
/// decide (IAM API: SimulateCustomPolicy, ResourcePolicy).
fn must_name_principals(request: &Request) -> bool {
    Arn::parse(&request.resource).is_some_and(|resource| match resource.service() {
        "iam" => resource.resource().starts_with("role/") && layer::makes_session(&request.action),
        "kms" => resource.resource().starts_with("key/") && request.action.service() == "kms",
        _ => false,
    })
}

/// Either answer is possible, and what settles one may settle the other.
fn either(left: Answer, right: Answer) -> Answer {
    let outcomes = left.outcomes.or(right.outcomes);
    let unsettled = if outcomes.is_settled() {
        Unsettled::default()
    } else {
        holds::union(left.unsettled, right.unsettled)
    };
    Answer { outcomes, unsettled }
}
