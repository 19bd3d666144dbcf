//! From the judgement for each action and resource to AWS's response.

use std::collections::{BTreeMap, HashSet};
use std::hash::Hash;
use std::slice;
use std::sync::Arc;

use super::judge::{self, Judgement, Notes};
use super::output::{
    DecisionDetails, EvalDecision, EvaluationResult, MatchedStatement, OrganizationsDecisionDetail,
    PermissionsBoundaryDecisionDetail, ResourceSpecificResult, SimulationResponse, Undetermined,
};
use super::{Case, Explain, Simulation, explained, limits, template};
use crate::decision::{Access, Decision, Outcomes};

/// Decides every case of a simulation.
pub(super) fn respond(simulation: &Simulation, explain: Explain) -> SimulationResponse {
    let marker = simulation.page.marker();
    let mut notes = Notes::new(simulation);
    let results = simulation.actions.iter().map(|cases| result(cases, simulation, &mut notes, explain));
    SimulationResponse { evaluation_results: results.collect(), is_truncated: marker.is_some(), marker }
}

/// The result for one action: all its resources, in the order of the request.
fn result(
    cases: &[Case],
    simulation: &Simulation,
    notes: &mut Notes<'_>,
    explain: Explain,
) -> EvaluationResult {
    let judged: Vec<Judgement> = cases.iter().map(|case| judge::judge(case, simulation, notes)).collect();
    let any = simulation.is_any;
    let each = || cases.iter().zip(&judged);
    let specific = |(case, judgement)| specific(case, judgement, explain);
    EvaluationResult {
        eval_action_name: cases.first().map(|case| case.request.action.to_string()).unwrap_or_default(),
        eval_resource_name: if any { limits::ANY_RESOURCE.to_owned() } else { template::of(cases) },
        eval_decision: worst(&judged).into(),
        matched_statements: matched(&judged),
        missing_context_values: missing_keys(&judged),
        organizations_decision_detail: organizations(&judged),
        permissions_boundary_decision_detail: boundary(&judged),
        eval_decision_details: details(&judged, any),
        undetermined: undetermined(&judged),
        explanation: match (explain, cases) {
            (Explain::Yes, [only]) => Some(explained::of(only)),
            (Explain::Yes, _) | (Explain::No, _) => None,
        },
        resource_specific_results: if any { Vec::new() } else { each().map(specific).collect() },
        access: access(&judged),
    }
}

fn specific(case: &Case, judgement: &Judgement, explain: Explain) -> ResourceSpecificResult {
    let alone = slice::from_ref(judgement);
    ResourceSpecificResult {
        eval_resource_name: case.request.resource.to_string(),
        eval_resource_decision: judgement.answer.decision().into(),
        matched_statements: judgement.matched.clone(),
        missing_context_values: Vec::clone(&judgement.missing),
        eval_decision_details: Some(judgement.details.clone()).filter(|details| !details.is_empty()),
        permissions_boundary_decision_detail: boundary(alone),
        undetermined: undetermined(alone),
        explanation: match explain {
            Explain::Yes => Some(explained::of(case)),
            Explain::No => None,
        },
    }
}

fn worst(judged: &[Judgement]) -> Decision {
    judged.iter().map(|one| one.answer.decision()).max().unwrap_or(Decision::ImplicitDeny)
}

/// The statements of all resources; of those that are denied explicitly alone, when any is: "the deny statement is the
/// only entry included in the result".
fn matched(judged: &[Judgement]) -> Vec<MatchedStatement> {
    let worst = worst(judged);
    let counts = |one: &&Judgement| match worst {
        Decision::ExplicitDeny => one.answer.decision() == Decision::ExplicitDeny,
        Decision::ImplicitDeny | Decision::Allowed => true,
    };
    union(judged.iter().filter(counts).map(|one| one.matched.as_slice()))
}

/// The missing keys of all resources, which mostly have them in common.
fn missing_keys(judged: &[Judgement]) -> Vec<String> {
    let mut lists: Vec<&Arc<Vec<String>>> = judged.iter().map(|one| &one.missing).collect();
    lists.dedup_by(|left, right| Arc::ptr_eq(left, right));
    union(lists.into_iter().map(|list| list.as_slice()))
}

/// The items of every list, each once, in the order of their first appearance.
fn union<'i, T: Clone + Eq + Hash + 'i>(lists: impl Iterator<Item = &'i [T]>) -> Vec<T> {
    let mut seen = HashSet::new();
    lists.flatten().filter(|item| seen.insert(*item)).cloned().collect()
}

fn organizations(judged: &[Judgement]) -> Option<OrganizationsDecisionDetail> {
    let all = judged.iter().filter_map(|one| one.organizations).reduce(|left, right| left && right);
    all.map(|allowed_by_organizations| OrganizationsDecisionDetail { allowed_by_organizations })
}

fn boundary(judged: &[Judgement]) -> Option<PermissionsBoundaryDecisionDetail> {
    let all = judged.iter().filter_map(|one| one.boundary).reduce(|left, right| left && right);
    all.map(|allowed_by_permissions_boundary| PermissionsBoundaryDecisionDetail {
        allowed_by_permissions_boundary,
    })
}

/// The most restrictive decision of each policy type: empty within one account, absent there when no resource is
/// named, and absent when the organization's SCPs ended the simulation.
fn details(judged: &[Judgement], any: bool) -> Option<DecisionDetails> {
    let ended = judged.iter().any(Judgement::ended_at_organizations);
    let mut details = BTreeMap::new();
    for (source, decision) in judged.iter().flat_map(|one| &one.details) {
        let entry = details.entry(*source).or_insert(*decision);
        *entry = stricter(*entry, *decision);
    }
    (!ended && (!any || !details.is_empty())).then_some(details)
}

fn stricter(left: EvalDecision, right: EvalDecision) -> EvalDecision {
    match (left, right) {
        (EvalDecision::ExplicitDeny, _) | (_, EvalDecision::ExplicitDeny) => EvalDecision::ExplicitDeny,
        (EvalDecision::ImplicitDeny, _) | (_, EvalDecision::ImplicitDeny) => EvalDecision::ImplicitDeny,
        (EvalDecision::Allowed, EvalDecision::Allowed) => EvalDecision::Allowed,
    }
}

/// What would settle the most restrictive decision; nothing when some resource settles it whatever is unknown.
fn undetermined(judged: &[Judgement]) -> Option<Undetermined> {
    let worst = Outcomes::only(worst(judged));
    if judged.iter().any(|one| one.answer.outcomes == worst) {
        return None;
    }
    let open = || judged.iter().filter(|one| !one.answer.outcomes.is_settled());
    Some(Undetermined {
        keys: union(open().map(|one| one.open_keys.as_slice())),
        gaps: union(open().map(|one| one.open_gaps.as_slice())),
    })
}

/// Whether the action passes on all resources together.
fn access(judged: &[Judgement]) -> Access {
    let pair = |left: Access, right: Access| match (left, right) {
        (Access::Denied, _) | (_, Access::Denied) => Access::Denied,
        (Access::Undetermined, _) | (_, Access::Undetermined) => Access::Undetermined,
        (Access::Allowed, Access::Allowed) => Access::Allowed,
    };
    judged.iter().map(|one| one.answer.access()).reduce(pair).unwrap_or(Access::Denied)
}
