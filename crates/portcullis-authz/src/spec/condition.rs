//! Conditions. IAM: reference_policies_elements_condition_operators, and for keys with several values
//! reference_policies_condition-single-vs-multi-valued-context-keys.

use portcullis_iam::condition::{Condition, Presence, Quantifier, Test};
use portcullis_iam::{KeyState, Request, Values, Version};

use super::holds::Holds;
use super::value;
use super::variable;

/// Whether one test of a condition block holds.
pub(super) fn holds(condition: &Condition, version: Version, request: &Request) -> Holds {
    let state = request.context.state(&condition.key);
    if condition.operator.value.test == Test::Null {
        return null(condition, state);
    }
    match state {
        KeyState::Unknown => unknown(condition, version, request),
        KeyState::Absent => absent(condition).into(),
        // A key without any value is not there.
        KeyState::Known(Values::Many(values)) if values.is_empty() => absent(condition).into(),
        KeyState::Known(values) => present(condition, values, version, request),
    }
}

/// Depends on the key, and on every unknown key that the values use as a variable.
fn unknown(condition: &Condition, version: Version, request: &Request) -> Holds {
    let variables = condition.values.iter().flat_map(|text| variable::keys(&text.value, version));
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
    let asks = |wanted: &str| condition.values.iter().any(|value| value.value.eq_ignore_ascii_case(wanted));
    let (if_null, if_not_null) = (asks("true"), asks("false"));
    match state {
        KeyState::Absent => if_null.into(),
        KeyState::Known(values) if is_null_set(&as_set(values)) => if_null.into(),
        KeyState::Known(_) => if_not_null.into(),
        KeyState::Unknown if if_null == if_not_null => if_null.into(),
        KeyState::Unknown => Holds::depends_on_key(&condition.key),
    }
}

fn present(condition: &Condition, values: &Values, version: Version, request: &Request) -> Holds {
    let passes = |value: &&str| passes(condition, value, version, request);
    let set = as_set(values);
    match (condition.operator.value.quantifier, values) {
        (Quantifier::Single, Values::One(value)) => passes(&&**value),
        // "Multivalued context keys require a condition set operator."
        (Quantifier::Single, Values::Many(_)) => Holds::No,
        // `ForAllValues` is also true "if the context key value resolves to a null dataset, such as an empty string":
        // for the set operators such a key is not there.
        (Quantifier::ForAllValues | Quantifier::ForAnyValue, _) if is_null_set(&set) => {
            absent(condition).into()
        }
        (Quantifier::ForAllValues, _) => Holds::all(set.iter().map(passes)),
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
