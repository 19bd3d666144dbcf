//! `ForAllValues:`, `ForAnyValue:` and `IfExists`: which of a request's values must pass, and what an absent key means.

use super::{Operator, Presence, Quantifier};
use crate::context::{KeyState, Values};
use crate::truth::Truth;

/// Whether a key in the given state passes, when `passes` tells it of one value.
///
/// A set operator takes a single value as a set of one, and nothing but empty values as the empty set. A key with
/// several values passes no test without a set operator, negated or not.
pub(super) fn holds(operator: Operator, state: &KeyState, passes: impl Fn(&str) -> Truth) -> Truth {
    let values: &[Box<str>] = match state {
        KeyState::Unknown => return Truth::Unknown,
        KeyState::Absent => return absent(operator),
        KeyState::Known(Values::One(value)) => std::slice::from_ref(value),
        KeyState::Known(Values::Many(values)) => values,
    };
    let all_empty = values.iter().all(|value| value.is_empty());
    match operator.quantifier {
        Quantifier::Single => single(operator, state, passes),
        Quantifier::ForAllValues | Quantifier::ForAnyValue if all_empty => absent(operator),
        Quantifier::ForAllValues => values.iter().map(|value| passes(value)).fold(Truth::True, Truth::and),
        Quantifier::ForAnyValue => values.iter().map(|value| passes(value)).fold(Truth::False, Truth::or),
    }
}

fn single(operator: Operator, state: &KeyState, passes: impl Fn(&str) -> Truth) -> Truth {
    match state {
        KeyState::Known(Values::One(value)) => passes(value),
        KeyState::Known(Values::Many(values)) if values.is_empty() => absent(operator),
        KeyState::Known(Values::Many(_)) => Truth::False,
        KeyState::Absent => absent(operator),
        KeyState::Unknown => Truth::Unknown,
    }
}

fn absent(operator: Operator) -> Truth {
    let passes = match (operator.presence, operator.quantifier) {
        (Presence::IfExists, _) | (Presence::Required, Quantifier::ForAllValues) => true,
        (Presence::Required, Quantifier::ForAnyValue) => false,
        (Presence::Required, Quantifier::Single) => operator.test.is_negated(),
    };
    passes.into()
}
