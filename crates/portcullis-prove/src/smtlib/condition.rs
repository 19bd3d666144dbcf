//! Conditions: absence, sets, negation, and the comparison of each value.

use portcullis_iam::Version;
use portcullis_iam::condition::{Condition, Presence, Quantifier, Test};

use super::encoder::{Encoder, State};
use super::key::{self, Value};
use super::term::{Holds, Term};
use super::{NotExported, value};

/// Whether the test holds.
pub(super) fn holds(
    encoder: &mut Encoder<'_>,
    condition: &Condition,
    version: Version,
) -> Result<Holds, NotExported> {
    let state = encoder.state(&condition.key);
    if condition.operator.value.test == Test::Null {
        return Ok(null(condition, state));
    }
    let holds = in_state(encoder, condition, version, state)?;
    let settled = encoder.settled(written(condition, version), holds);
    Ok(encoder.script.name_both(settled))
}

/// What makes two tests the same.
fn written(condition: &Condition, version: Version) -> String {
    let values: Vec<&str> = condition.values.iter().map(|value| &*value.value).collect();
    format!("{} {} {values:?} {version:?}", condition.operator.value, condition.key.as_str())
}

fn in_state(
    encoder: &mut Encoder<'_>,
    condition: &Condition,
    version: Version,
    state: State,
) -> Result<Holds, NotExported> {
    Ok(match (condition.operator.value.quantifier, state) {
        (_, State::Hidden) => Holds::MAYBE,
        (_, State::Absent) => absent(condition).into(),
        (Quantifier::Single, State::Single { present, value }) => {
            let passes = passes(encoder, condition, version, &value)?;
            either(present, passes, absent(condition))
        }
        // Keys with several values pass no test without a set operator.
        (Quantifier::Single, State::Many(slots)) => either(used(&slots), false.into(), absent(condition)),
        (quantifier, State::Single { present, value }) => {
            set(encoder, condition, version, quantifier, &[(present, value)])?
        }
        (quantifier, State::Many(slots)) => set(encoder, condition, version, quantifier, &slots)?,
        (_, State::Either { is_many, single: (present, value), slots }) => {
            let many = in_state(encoder, condition, version, State::Many(slots))?;
            let one = in_state(encoder, condition, version, State::Single { present, value })?;
            Holds::from(is_many.clone()).and(many).or(Holds::from(is_many.not()).and(one))
        }
    })
}

/// `holds` where the key is there, and what absence means where it is not.
fn either(there: Term, holds: Holds, absent: bool) -> Holds {
    let lacking = Term::all([there.clone().not(), absent.into()]);
    Holds::from(there).and(holds).or(lacking.into())
}

fn absent(condition: &Condition) -> bool {
    let operator = condition.operator.value;
    match (operator.presence, operator.quantifier) {
        (Presence::IfExists, _) | (Presence::Required, Quantifier::ForAllValues) => true,
        (Presence::Required, Quantifier::ForAnyValue) => false,
        (Presence::Required, Quantifier::Single) => operator.test.is_negated(),
    }
}

fn used(slots: &[(Term, Value)]) -> Term {
    Term::any(slots.iter().map(|(used, _)| used.clone()))
}

/// Whether the key has a value that is not empty.
fn not_null(slots: &[(Term, Value)]) -> Term {
    Term::any(slots.iter().map(|(used, value)| Term::all([used.clone(), key::is_empty(value).not()])))
}

fn null(condition: &Condition, state: State) -> Holds {
    let asks = |wanted: &str| condition.values.iter().any(|value| value.value.eq_ignore_ascii_case(wanted));
    let (if_null, if_not_null) = (asks("true"), asks("false"));
    let there = match state {
        State::Hidden if if_null != if_not_null => return Holds::MAYBE,
        State::Hidden | State::Absent => Term::False,
        State::Single { present, value } => not_null(&[(present, value)]),
        State::Many(slots) => not_null(&slots),
        State::Either { is_many, single, slots } => Term::any([
            Term::all([is_many.clone(), not_null(&slots)]),
            Term::all([is_many.not(), not_null(&[single])]),
        ]),
    };
    either(there, if_not_null.into(), if_null)
}

fn set(
    encoder: &mut Encoder<'_>,
    condition: &Condition,
    version: Version,
    quantifier: Quantifier,
    slots: &[(Term, Value)],
) -> Result<Holds, NotExported> {
    let mut each = Vec::new();
    for (used, value) in slots {
        let passes = passes(encoder, condition, version, value)?;
        each.push(match quantifier {
            Quantifier::ForAllValues => Holds::from(used.clone().not()).or(passes),
            Quantifier::ForAnyValue | Quantifier::Single => Holds::from(used.clone()).and(passes),
        });
    }
    let together = match quantifier {
        Quantifier::ForAllValues => Holds::all(each),
        Quantifier::ForAnyValue | Quantifier::Single => Holds::any(each),
    };
    Ok(either(not_null(slots), together, absent(condition)))
}

/// Whether one value passes: a negated operator passes what matches no value of the policy.
fn passes(
    encoder: &mut Encoder<'_>,
    condition: &Condition,
    version: Version,
    value: &Value,
) -> Result<Holds, NotExported> {
    let test = condition.operator.value.test;
    let mut matches = Vec::new();
    for operand in &condition.values {
        matches.push(value::matches(
            encoder,
            test,
            &value::Operand { text: &operand.value, version },
            value,
        )?);
    }
    let any = Holds::any(matches);
    Ok(if test.is_negated() { any.not() } else { any })
}
