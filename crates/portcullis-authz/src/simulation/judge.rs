//! One decision and what AWS tells about it.

use std::sync::Arc;

use portcullis_iam::{Attached, ContextKey, Effect, Statement, Truth};

use super::missing::Missing;
use super::output::{DecisionDetails, MatchedStatement, Position};
use super::place::Places;
use super::{Case, Simulation};
use crate::decide;
use crate::decision::{Answer, Decision};
use crate::layer::{self, LayerKind, Vote, Votes};
use crate::statement;

/// The decision for one case, and what AWS tells about it.
#[derive(Clone, Debug)]
pub(super) struct Judgement {
    pub(super) answer: Answer,
    /// Whether the SCPs let the request pass; none when there are none.
    pub(super) organizations: Option<bool>,
    /// Whether the permissions boundary does; none when there is none.
    pub(super) boundary: Option<bool>,
    /// Each policy type's decision, in a cross-account request.
    pub(super) details: DecisionDetails,
    pub(super) matched: Vec<MatchedStatement>,
    /// Keys that the policies ask for and the request does not give.
    pub(super) missing: Arc<Vec<String>>,
    /// Condition keys that would settle the answer, as the request spells them.
    pub(super) open_keys: Vec<String>,
    pub(super) open_gaps: Vec<String>,
}

impl Judgement {
    /// "If an Organizations SCP included in the evaluation denies access, the simulation ends." (service model,
    /// `EvalDecisionDetails`)
    pub(super) fn ended_at_organizations(&self) -> bool {
        self.organizations == Some(false)
    }
}

/// What the cases of a simulation have in common, found once.
pub(super) struct Notes<'g> {
    missing: Missing<'g>,
    places: Places,
}

impl<'g> Notes<'g> {
    pub(super) fn new(simulation: &'g Simulation) -> Self {
        Self { missing: Missing::new(&simulation.given), places: Places::default() }
    }
}

/// Decides one case of a simulation.
pub(super) fn judge(case: &Case, simulation: &Simulation, notes: &mut Notes<'_>) -> Judgement {
    let Case { request, policies } = case;
    let answer = decide(request, policies);
    let decision = answer.decision();
    let votes = layer::votes(request, policies);
    let has_scps = !policies.service_control.is_empty() && request.caller.account().is_some();
    // What a rule of the service allows, nothing denies.
    let organizations =
        has_scps.then(|| decision == Decision::Allowed || says(votes.service_control) == Decision::Allowed);
    let (open_keys, open_gaps) = open(&answer, simulation);
    let ended = Judgement {
        answer,
        organizations,
        boundary: None,
        details: DecisionDetails::new(),
        matched: Vec::new(),
        missing: Arc::default(),
        open_keys,
        open_gaps,
    };
    if ended.ended_at_organizations() {
        return ended;
    }
    Judgement {
        boundary: policies.boundary.as_ref().map(|_| says(votes.boundary) == Decision::Allowed),
        details: details(case, &votes),
        matched: matched(case, decision, &mut notes.places),
        missing: notes.missing.of(policies),
        ..ended
    }
}

/// What is open, in the words of the request.
fn open(answer: &Answer, simulation: &Simulation) -> (Vec<String>, Vec<String>) {
    let name = |key: &ContextKey| simulation.names.get(key).map_or_else(|| key.to_string(), String::clone);
    let keys = answer.unsettled.keys.iter().map(name).collect();
    (keys, answer.unsettled.gaps.iter().map(|gap| gap.0.to_string()).collect())
}

/// What a layer says for itself: the most restrictive decision that is possible.
fn says(vote: Vote) -> Decision {
    match (vote.deny, vote.allow) {
        (Truth::True | Truth::Unknown, _) => Decision::ExplicitDeny,
        (Truth::False, Truth::True) => Decision::Allowed,
        (Truth::False, Truth::Unknown | Truth::False) => Decision::ImplicitDeny,
    }
}

/// "It contains a brief summary of how each policy type contributes": the names are those that AWS prints.
fn details(case: &Case, votes: &Votes) -> DecisionDetails {
    let mut details = DecisionDetails::new();
    let accounts = case.request.caller.account().zip(layer::owner(&case.request));
    if accounts.is_none_or(|(callers, owners)| callers == owners) {
        return details;
    }
    let resource = votes.resource.vote.whoever();
    details.insert("IAM Policy", says(votes.identity).into());
    details.insert("Resource Policy", says(resource).into());
    if case.policies.boundary.is_some() {
        details.insert("Permissions Boundary Policy", says(votes.boundary).into());
    }
    details
}

/// The statements that determine the decision: of those that allow, the ones that grant; of those that deny, all but
/// the organization's, which AWS hides.
fn matched(case: &Case, decision: Decision, places: &mut Places) -> Vec<MatchedStatement> {
    let (effect, layers): (Effect, &[LayerKind]) = match decision {
        Decision::Allowed => (Effect::Allow, &[LayerKind::Identity, LayerKind::Resource]),
        Decision::ImplicitDeny => return Vec::new(),
        Decision::ExplicitDeny => (Effect::Deny, &DENYING),
    };
    let found: Vec<_> = layers.iter().flat_map(|kind| candidates(case, *kind, effect)).collect();
    let sure = found.iter().any(|(truth, ..)| *truth == Truth::True);
    let wanted = if sure { Truth::True } else { Truth::Unknown };
    let wanted = found.into_iter().filter(|(truth, ..)| *truth == wanted);
    wanted
        .map(|(_, attached, statement)| describe(attached, places.of(&attached.policy, statement)))
        .collect()
}

/// The statements of a layer with `effect` that are, or may be, about the request.
fn candidates(case: &Case, kind: LayerKind, effect: Effect) -> Vec<(Truth, &Attached, &Statement)> {
    let Case { request, policies } = case;
    if !kind.binds(request, policies.management_account) {
        return Vec::new();
    }
    let bounded = layer::bounded(request, policies);
    let statements = kind.of(policies).flat_map(|(_, layer)| layer::statements(layer));
    let with_effect = statements.filter(|(_, statement)| statement.effect == effect);
    let judged = with_effect.map(|(attached, statement)| {
        let applies = statement::applies(&attached.policy, statement, request, kind.short_arn());
        (
            applies
                .and(kind.names((statement.effect, statement.principal.as_ref()), request, bounded).at_all()),
            attached,
            statement,
        )
    });
    judged.filter(|(truth, ..)| *truth != Truth::False).collect()
}

fn describe(attached: &Attached, (start_position, end_position): (Position, Position)) -> MatchedStatement {
    MatchedStatement {
        source_policy_id: attached.id.to_string(),
        source_policy_type: attached.source.into(),
        start_position,
        end_position,
    }
}

const DENYING: [LayerKind; 5] =
    [LayerKind::Identity, LayerKind::Resource, LayerKind::Boundary, LayerKind::Session, LayerKind::Endpoint];
