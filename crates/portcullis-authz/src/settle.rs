//! Exact answers where Kleene's logic alone would leave a request undetermined.
//!
//! `Deny Bool P false` beside `Deny BoolIfExists P true` denies whatever `P` is, but each statement alone may or may
//! not match. Keys of boolean type that are only tested for being there, true or false are therefore tried in all three
//! states. A key of another type may hold a value that is neither true nor false, and stays open.

use std::borrow::Cow;
use std::collections::BTreeSet;

use portcullis_iam::catalog::{KeyType, catalog};
use portcullis_iam::condition::{Family, Matcher, Operator, Quantifier};
use portcullis_iam::pattern::{ResourcePattern, ShortArn};
use portcullis_iam::principal::PrincipalEntry;
use portcullis_iam::{ContextKey, KeyState, Policy, PolicySet, Request, Statement, Values};

use crate::decision::Outcomes;
use crate::layer::{self, LayerKind};
use crate::{principal, service_rule};

/// With more keys than this, no case is tried: the cases triple with each.
const MOST_KEYS: usize = 3;

/// The outcomes of `request` under `rule`, tried in every state of those of its unknown keys that are boolean.
pub(crate) fn outcomes<'p>(
    request: &Request,
    boolean: impl FnOnce() -> Cow<'p, BTreeSet<ContextKey>>,
    rule: impl Fn(&Request) -> Outcomes,
) -> Outcomes {
    let at_once = rule(request);
    if at_once.is_settled() {
        return at_once;
    }
    let unknown = request.context.iter().filter(|(_, state)| **state == KeyState::Unknown);
    let boolean = boolean();
    let has_three_states = |key: &&ContextKey| boolean.contains(*key) && is_of_boolean_type(key);
    let keys: Vec<&ContextKey> = unknown.map(|(key, _)| key).filter(has_three_states).collect();
    if keys.is_empty() || MOST_KEYS < keys.len() {
        return at_once;
    }
    let mut trial = request.clone();
    each_state(&mut trial, &keys, &rule)
}

/// The outcomes over all states of `keys`.
fn each_state(trial: &mut Request, keys: &[&ContextKey], rule: &impl Fn(&Request) -> Outcomes) -> Outcomes {
    let Some((key, others)) = keys.split_first() else { return rule(trial) };
    let [absent, no, yes] = states().map(|state| {
        trial.context.set((*key).clone(), state);
        each_state(trial, others, rule)
    });
    absent.or(no).or(yes)
}

fn states() -> [KeyState; 3] {
    let known = |value: &str| KeyState::Known(Values::One(value.into()));
    [KeyState::Absent, known("false"), known("true")]
}

/// The keys that are used only with `Bool` and `Null`, in `policies` and by the services themselves.
pub(crate) fn boolean_keys(policies: &PolicySet) -> BTreeSet<ContextKey> {
    let mut uses = Uses::default();
    uses.boolean.insert(ContextKey::new(service_rule::MFA));
    for (_, layer) in LayerKind::ALL.into_iter().flat_map(|kind| kind.of(policies)) {
        for (attached, statement) in layer::statements(layer) {
            uses.of_statement(&attached.policy, statement);
        }
    }
    &uses.boolean - &uses.other
}

/// The keys of a policy set, by what is asked of them.
#[derive(Default)]
struct Uses {
    /// Whether they are there, true or false.
    boolean: BTreeSet<ContextKey>,
    /// Anything else.
    other: BTreeSet<ContextKey>,
}

impl Uses {
    fn of_statement(&mut self, policy: &Policy, statement: &Statement) {
        for condition in &statement.conditions {
            let target =
                if is_boolean_test(condition.operator.value) { &mut self.boolean } else { &mut self.other };
            target.insert(condition.key.clone());
            self.other.extend(Matcher::new(condition, policy.version).variables().cloned());
        }
        for pattern in statement.resource.iter().flat_map(|clause| &clause.patterns) {
            let pattern = ResourcePattern::parse(&pattern.value, policy.version, ShortArn::AsWritten);
            self.other.extend(pattern.pattern().keys().cloned());
        }
        let entries = statement.principal.iter().flat_map(|clause| &clause.entries);
        if entries.into_iter().any(|entry| matches!(entry.value, PrincipalEntry::UniqueId(_))) {
            self.other.insert(ContextKey::new(principal::USER_ID));
        }
    }
}

/// Whether AWS sets the key to true or false when it sets it.
fn is_of_boolean_type(key: &ContextKey) -> bool {
    catalog().condition_key(key.as_str()).is_some_and(|info| info.key_type == KeyType::Bool)
}

fn is_boolean_test(operator: Operator) -> bool {
    match operator.test.family() {
        Family::Null => true,
        Family::Bool => operator.quantifier == Quantifier::Single,
        Family::String | Family::Numeric | Family::Date | Family::Binary | Family::Ip | Family::Arn => false,
    }
}
