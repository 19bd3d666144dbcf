//! Keys that are switches: absent, false or true. An answer that depends on them is made exact by trying each state.
//!
//! `aws:MultiFactorAuthPresent` is one. Taken statement by statement, a Deny when it is false and a Deny when it is
//! true leave open whether either matches; together, one of them does.

use portcullis_iam::condition::{Condition, Quantifier, Test};
use portcullis_iam::policy_set::Layer;
use portcullis_iam::{Context, ContextKey, KeyState, Policy, PolicySet, Request, Values};

use crate::decision::{Answer, Unsettled};

use super::order;
use super::variable;

/// The answer over every state of the switches that `answer` depends on; `answer` itself when those are none, or
/// more than [`MOST_SWITCHES`].
pub(super) fn sharpen(answer: Answer, request: &Request, policies: &PolicySet) -> Answer {
    let switches: Vec<&ContextKey> =
        answer.unsettled.keys.iter().filter(|key| is_switch(key, policies)).collect();
    if switches.is_empty() || MOST_SWITCHES < switches.len() {
        return answer;
    }
    let outcomes = every_state(&request.context, &switches)
        .into_iter()
        .map(|context| order::decide(&Request { context, ..request.clone() }, policies).outcomes)
        .reduce(|left, right| left.or(right))
        .unwrap_or(answer.outcomes);
    let unsettled = if outcomes.is_settled() { Unsettled::default() } else { answer.unsettled };
    Answer { outcomes, unsettled }
}

/// The context in every combination of the states of `switches`.
fn every_state(context: &Context, switches: &[&ContextKey]) -> Vec<Context> {
    let states = [
        KeyState::Absent,
        KeyState::Known(Values::One("false".into())),
        KeyState::Known(Values::One("true".into())),
    ];
    switches.iter().fold(vec![context.clone()], |contexts, key| {
        let set = |context: &Context, state: &KeyState| {
            let mut context = context.clone();
            context.set((*key).clone(), state.clone());
            context
        };
        contexts.iter().flat_map(|context| states.iter().map(move |state| set(context, state))).collect()
    })
}

/// Whether all of `policies` test `key` by nothing but `Bool` and `Null`, and none uses it as a variable.
fn is_switch(key: &ContextKey, policies: &PolicySet) -> bool {
    all_policies(policies).all(|policy| {
        policy.statements.iter().all(|statement| {
            let resources = statement.resource.iter().flat_map(|clause| &clause.patterns);
            let values = statement.conditions.iter().flat_map(|condition| &condition.values);
            let is_variable =
                resources.chain(values).any(|text| variable::keys(&text.value, policy.version).contains(key));
            !is_variable
                && statement
                    .conditions
                    .iter()
                    .all(|condition| condition.key != *key || is_switched(condition))
        })
    })
}

fn is_switched(condition: &Condition) -> bool {
    let operator = condition.operator.value;
    operator.quantifier == Quantifier::Single && matches!(operator.test, Test::Bool | Test::Null)
}

fn all_policies(policies: &PolicySet) -> impl Iterator<Item = &Policy> {
    let levels = policies.service_control.iter().chain(&policies.resource_control).map(|level| &level.layer);
    let optional = [&policies.boundary, &policies.session, &policies.resource, &policies.endpoint];
    let layers = std::iter::once(&policies.identity).chain(optional.into_iter().flatten()).chain(levels);
    layers.flat_map(|layer: &Layer| layer.policies.iter().map(|attached| &*attached.policy))
}

/// Three switches make 27 states.
const MOST_SWITCHES: usize = 3;
