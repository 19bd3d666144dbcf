//! Conditions. IAM: reference_policies_elements_condition_operators, and for keys with several values
//! reference_policies_condition-single-vs-multi-valued-context-keys.

use portcullis_iam::condition::{Condition, Presence, Quantifier, Test};
use portcullis_iam::{KeyState, Request, Values, Version};

use super::holds::Holds;
use super::value;
use super::variable;

/// Whether one test of a condition block holds.
pub(super) fn holds(condition: &Condition, version: Version, request: &Request) -> Holds {
    let is_null_test = condition.operator.value.test == Test::Null;
    match request.context.state(&condition.key) {
        KeyState::Unknown => unknown(condition, version, request),
        state if is_null_test => null(condition, state),
        KeyState::Absent => absent(condition).into(),
        KeyState::Known(values) => present(condition, values, version, request),
    }
}

/// Depends on the key, and on every unknown key that the values use as a variable.
fn unknown(condition: &Condition, version: Version, request: &Request) -> Holds {
    let texts = condition.values.iter().filter(|_| condition.operator.value.test != Test::Null);
    let variables = texts.flat_map(|text| variable::keys(&text.value, version));
    let unknown = variables.filter(|key| request.context.state(key) == &KeyState::Unknown);
    Holds::any(unknown.map(|key| Holds::depends_on_key(&key))).or(Holds::depends_on_key(&condition.key))
}

/// "If the key is not present in the request context, the condition is false. If the policy condition requires
/// that the key is not matched, the condition is true." `…IfExists`: true. `ForAllValues` "returns true if there
/// are no context keys in the request"; for `ForAnyValue`, "if the key does not exist, the condition returns
/// false".
fn absent(condition: &Condition) -> bool {
    let operator = condition.operator.value;
    match (operator.presence, operator.quantifier) {
        (Presence::IfExists, _) | (Presence::Required, Quantifier::ForAllValues) => true,
        (Presence::Required, Quantifier::ForAnyValue) => false,
        (Presence::Required, Quantifier::Single) => operator.test.is_negated(),
    }
}

/// "Use either `true` (the key doesn't exist: it is null) or `false` (the key exists and its value is not null)."
fn null(condition: &Condition, state: &KeyState) -> Holds {
    let is_null = match state {
        KeyState::Unknown => return Holds::depends_on_key(&condition.key),
        KeyState::Absent => true,
        KeyState::Known(values) => is_null_set(&as_set(values)),
    };
    let wanted = if is_null { "true" } else { "false" };
    condition.values.iter().any(|value| value.value.eq_ignore_ascii_case(wanted)).into()
}

fn present(condition: &Condition, values: &Values, version: Version, request: &Request) -> Holds {
    let passes = |value: &&str| passes(condition, value, version, request);
    let set = as_set(values);
    match (condition.operator.value.quantifier, values) {
        (Quantifier::Single, Values::One(value)) => passes(&&**value),
        // "Multivalued context keys require a condition set operator."
        (Quantifier::Single, Values::Many(_)) => Holds::No,
        // `ForAllValues` is also true "if the context key value resolves to a null dataset, such as an empty string".
        (Quantifier::ForAllValues, _) if is_null_set(&set) => Holds::Yes,
        (Quantifier::ForAllValues, _) => Holds::all(set.iter().map(passes)),
        (Quantifier::ForAnyValue, _) if is_null_set(&set) => Holds::No,
        (Quantifier::ForAnyValue, _) => Holds::any(set.iter().map(passes)),
    }
}

/// Whether one value of the request passes: a positive operator when it matches any value of the policy, a negated
/// one when it matches none ("evaluated using a logical NOR").
/// IAM: reference_policies_condition-logic-multiple-context-keys-or-values.
fn passes(condition: &Condition, value: &str, version: Version, request: &Request) -> Holds {
    let test = condition.operator.value.test;
    let any = Holds::any(condition.values.iter().map(|operand| {
        value::matches(
            test,
            &value::Operand { text: &operand.value, version, key: &condition.key },
            value,
            request,
        )
    }));
    if test.is_negated() { any.not() } else { any }
}

fn as_set(values: &Values) -> Vec<&str> {
    match values {
        Values::One(value) => vec![value],
        Values::Many(values) => values.iter().map(|value| &**value).collect(),
    }
}

/// No value, or none but the empty string.
fn is_null_set(set: &[&str]) -> bool {
    set.iter().all(|value| value.is_empty())
}
