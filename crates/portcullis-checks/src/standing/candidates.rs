//! Values that a policy set gives reason to try for a condition key.

use std::collections::{BTreeMap, BTreeSet};

use portcullis_iam::condition::{Condition, Family, Matcher, Quantifier};
use portcullis_iam::pattern::{Pattern, Wildcards};
use portcullis_iam::{Context, ContextKey, KeyState, Policy, PolicySet, Values, Version};

/// The condition keys that a policy set mentions, and for each the states that are worth a try.
#[derive(Clone, Debug, Default)]
pub(crate) struct Candidates {
    states: BTreeMap<ContextKey, Vec<Candidate>>,
}

/// What is worth a try for a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Candidate {
    /// This state.
    State(KeyState),
    /// The state of another key: a condition compares the two.
    Like(ContextKey),
}

impl Candidate {
    /// The state to try in a request with this context.
    pub(crate) fn state(&self, context: &Context) -> KeyState {
        match self {
            Candidate::State(state) => state.clone(),
            Candidate::Like(key) => context.state(key).clone(),
        }
    }
}

/// How many states of one key are tried.
const MAX_STATES: usize = 8;

impl Candidates {
    /// The keys of the conditions and variables of `policies`.
    pub(crate) fn of(policies: &PolicySet) -> Self {
        let mut found = Self::default();
        for policy in documents(policies) {
            for statement in &policy.statements {
                for condition in &statement.conditions {
                    found.take_condition(condition, policy.version);
                }
                for pattern in statement.resource.iter().flat_map(|clause| &clause.patterns) {
                    found.take_variables(&pattern.value, policy.version);
                }
            }
        }
        for states in found.states.values_mut() {
            states.truncate(MAX_STATES);
            states.push(Candidate::State(KeyState::Absent));
            states.push(Candidate::State(KeyState::Known(Values::One("portcullis".into()))));
        }
        found
    }

    /// Every key that is mentioned.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &ContextKey> {
        self.states.keys()
    }

    /// The states that are worth a try.
    pub(crate) fn states(&self, key: &ContextKey) -> &[Candidate] {
        self.states.get(key).map_or(&[], Vec::as_slice)
    }

    fn take_condition(&mut self, condition: &Condition, version: Version) {
        let matcher = Matcher::new(condition, version);
        let mut found: Vec<Candidate> = matcher.variables().cloned().map(Candidate::Like).collect();
        for key in matcher.variables() {
            self.states.entry(key.clone()).or_default();
        }
        let examples = condition.values.iter().flat_map(|value| examples(condition, &value.value));
        found.extend(examples.map(|value| match condition.operator.value.quantifier {
            Quantifier::Single => Candidate::State(KeyState::Known(Values::One(value))),
            Quantifier::ForAllValues | Quantifier::ForAnyValue => {
                Candidate::State(KeyState::Known(Values::Many(vec![value])))
            }
        }));
        let states = self.states.entry(condition.key.clone()).or_default();
        for candidate in found {
            if !states.contains(&candidate) {
                states.push(candidate);
            }
        }
    }

    fn take_variables(&mut self, text: &str, version: Version) {
        if text.contains("${") {
            let pattern = Pattern::parse(text, version, Wildcards::Active);
            for key in pattern.keys() {
                self.states.entry(key.clone()).or_default();
            }
        }
    }
}

/// Every document of a set, once each.
pub(crate) fn documents(policies: &PolicySet) -> Vec<&Policy> {
    let levels = policies.service_control.iter().chain(&policies.resource_control).map(|level| &level.layer);
    let single = [&policies.boundary, &policies.session, &policies.resource, &policies.endpoint];
    let layers = [&policies.identity].into_iter().chain(single.into_iter().flatten()).chain(levels);
    let mut seen = BTreeSet::new();
    let attached = layers.flat_map(|layer| &layer.policies);
    attached
        .filter(|attached| seen.insert(std::sync::Arc::as_ptr(&attached.policy)))
        .map(|attached| &*attached.policy)
        .collect()
}

/// Values near the one that a condition compares with.
fn examples(condition: &Condition, value: &str) -> Vec<Box<str>> {
    let filled = || {
        if value.contains("${") {
            None
        } else {
            Some(value.replace('*', "portcullis").replace('?', "x").into())
        }
    };
    match condition.operator.value.test.family() {
        Family::String | Family::Arn => filled().into_iter().collect(),
        Family::Bool => vec!["true".into(), "false".into()],
        Family::Null => Vec::new(),
        Family::Ip => vec![value.split('/').next().unwrap_or(value).into()],
        Family::Binary | Family::Date => vec![value.into()],
        Family::Numeric => value.parse::<i64>().map_or_else(
            |_| vec![value.into()],
            |number| {
                [number, number.saturating_sub(1), number.saturating_add(1)]
                    .map(|n| n.to_string().into())
                    .into()
            },
        ),
    }
}
