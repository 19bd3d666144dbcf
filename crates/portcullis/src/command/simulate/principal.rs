//! `--snapshot`: a principal with every policy that applies to it, as AWS's `SimulatePrincipalPolicy`.

use std::sync::Arc;

use portcullis_authz::simulation::{Case, Fault, Principal, Shelf, Simulation, SimulationRequest};
use portcullis_iam::{Arn, PolicySet};
use portcullis_snapshot::organization::OrganizationPolicyKind;
use portcullis_snapshot::policies::{Found, NotFound, find, levels, policies_for, trust};
use portcullis_snapshot::{Assume, Snapshot, caller_for};

/// The simulation that a request asks for: of the policies in it, or of a principal of the snapshot.
pub(super) fn simulation(
    request: &SimulationRequest,
    snapshot: Option<&Snapshot>,
    shelf: &mut Shelf,
) -> Result<Simulation, Fault> {
    let (Some(source), Some(snapshot)) = (&request.policy_source_arn, snapshot) else {
        return Simulation::new(request, shelf);
    };
    let source = Arn::parse(source).ok_or_else(|| Fault::invalid(format!("`{source}` is no ARN")))?;
    let principal = gather(snapshot, &source).map_err(|reason| missing(&reason))?;
    let mut simulation = Simulation::of_principal(request, &principal, shelf)?;
    let states_rcps =
        request.ordered_resource_control_policy_input_list.as_ref().is_some_and(|list| !list.is_empty());
    for case in simulation.cases_mut() {
        add_resource_side(case, snapshot, states_rcps);
    }
    Ok(simulation)
}

/// The principal as the snapshot has it. Without an organization in the snapshot, decisions hold as far as the
/// account's own policies go.
fn gather(snapshot: &Snapshot, source: &Arn) -> Result<Principal, NotFound> {
    let policies = policies_for(snapshot, source, Assume::NoOrganization)?;
    let (caller, context) = caller_for(snapshot, source, &policies, Assume::NoOrganization)?;
    Ok(Principal { caller, context, policies })
}

fn missing(reason: &NotFound) -> Fault {
    Fault::no_such_entity(format!("{reason}: {}", reason.hint()))
}

/// Adds what the snapshot knows of the resource: the RCPs of its account when that is another one, and the trust
/// policy of a role that is to be assumed.
fn add_resource_side(case: &mut Case, snapshot: &Snapshot, states_rcps: bool) {
    let owner = case.request.resource_owner;
    if !states_rcps && let Some(owner) = owner.filter(|owner| case.request.caller.account() != Some(*owner)) {
        let levels = levels(snapshot, owner, OrganizationPolicyKind::ResourceControl, Assume::NoOrganization);
        case.policies = Arc::new(PolicySet { resource_control: levels, ..PolicySet::clone(&case.policies) });
    }
    if case.request.action.service() != "sts" || case.policies.resource.is_some() {
        return;
    }
    let role = Arn::parse(&case.request.resource).and_then(|arn| find(snapshot, &arn).ok());
    if let Some(Found::Role(_, role)) = role {
        case.policies =
            Arc::new(PolicySet { resource: Some(trust(role)), ..PolicySet::clone(&case.policies) });
    }
}
