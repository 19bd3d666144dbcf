//! Keys that are switches: absent, false or true. An answer that depends on them is made exact by trying each state.
//!
//! `aws:MultiFactorAuthPresent` is one. Taken statement by statement, a Deny when it is false and a Deny when it is
//! true leave open whether either matches; together, one of them does.
//!
//! A switch is an unknown key of boolean type that the policies, or the rule of GetSessionToken, test by nothing but
//! `Bool` and `Null`: keys of other types, and keys that are compared in other ways, have more states than can be tried.

use portcullis_iam::catalog::{KeyType, catalog};
use portcullis_iam::condition::{Condition, Quantifier, Test};
use portcullis_iam::principal::PrincipalEntry;
use portcullis_iam::{Context, ContextKey, KeyState, PolicySet, Request, Statement, Values, Version};

use crate::decision::{Answer, Unsettled};

use super::order;
use super::variable;

/// The answer over every state of the request's switches; `answer` itself when there is none, or more than
/// [`MOST_SWITCHES`].
pub(super) fn sharpen(answer: Answer, request: &Request, policies: &PolicySet) -> Answer {
    let unknown = request.context.iter().filter(|(_, state)| **state == KeyState::Unknown);
    let switches: Vec<&ContextKey> =
        unknown.map(|(key, _)| key).filter(|key| is_boolean(key) && is_switch(key, policies)).collect();
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

/// Whether AWS documents the key as one that is true or false.
fn is_boolean(key: &ContextKey) -> bool {
    catalog().condition_key(key.as_str()).is_some_and(|info| info.key_type == KeyType::Bool)
}

/// Whether `key` is tested, and by nothing but `Bool` and `Null`.
fn is_switch(key: &ContextKey, policies: &PolicySet) -> bool {
    let mut tests = all_statements(policies).flat_map(|(statement, _)| &statement.conditions);
    let is_tested =
        *key == ContextKey::new("aws:MultiFactorAuthPresent") || tests.any(|test| test.key == *key);
    is_tested && !all_statements(policies).any(|(statement, version)| has_other_use(statement, version, key))
}

/// Whether the statement tests `key` by another operator, uses it as a variable, or compares it with a unique id.
fn has_other_use(statement: &Statement, version: Version, key: &ContextKey) -> bool {
    let resources = statement.resource.iter().flat_map(|clause| &clause.patterns);
    let values = statement.conditions.iter().flat_map(|condition| &condition.values);
    let is_variable = resources.chain(values).any(|text| variable::keys(&text.value, version).contains(key));
    let mut principals = statement.principal.iter().flat_map(|clause| &clause.entries);
    let is_id = *key == ContextKey::new("aws:userid")
        && principals.any(|entry| matches!(entry.value, PrincipalEntry::UniqueId(_)));
    let mut conditions = statement.conditions.iter();
    is_variable || is_id || conditions.any(|condition| condition.key == *key && !is_switched(condition))
}

fn is_switched(condition: &Condition) -> bool {
    let operator = condition.operator.value;
    operator.test == Test::Null || (operator.test == Test::Bool && operator.quantifier == Quantifier::Single)
}

fn all_statements(policies: &PolicySet) -> impl Iterator<Item = (&Statement, Version)> {
    let levels = policies.service_control.iter().chain(&policies.resource_control).map(|level| &level.layer);
    let optional = [&policies.boundary, &policies.session, &policies.resource, &policies.endpoint];
    let layers = std::iter::once(&policies.identity).chain(optional.into_iter().flatten()).chain(levels);
    let policies = layers.flat_map(|layer| layer.policies.iter().map(|attached| &attached.policy));
    policies.flat_map(|policy| policy.statements.iter().map(|statement| (statement, policy.version)))
}

/// Three switches make 27 states.
const MOST_SWITCHES: usize = 3;
