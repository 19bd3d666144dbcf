//! What is compared by how large it is: numbers and dates.

use super::{date, numeric};
use crate::smtlib::NotExported;
use crate::smtlib::key::Value;
use crate::smtlib::term::{Holds, Term};

/// How texts of one family are read.
#[derive(Clone, Copy)]
pub(super) struct Measure {
    /// What a text says, as a term; none when it says nothing.
    read: fn(&str) -> Option<String>,
    /// What cannot be exported.
    of_text: &'static str,
}

pub(super) const NUMBER: Measure = Measure { read: numeric::real, of_text: "a text compared as a number" };
pub(super) const DATE: Measure = Measure { read: date::real, of_text: "a text compared as a date" };

/// Whether `value` stands to `operand` as the relation `wanted` says; what is of another kind matches nothing.
pub(super) fn is(wanted: &str, measure: Measure, value: &Value, operand: &str) -> Result<Holds, NotExported> {
    let Some(operand) = (measure.read)(operand) else { return Ok(false.into()) };
    let value = match value {
        Value::Constant(text) => (measure.read)(text),
        Value::Number(name) | Value::Instant(name) => Some(name.clone()),
        Value::Boolean(_) | Value::Address(_) => None,
        Value::Text(_) => return Err(NotExported(measure.of_text.into())),
    };
    Ok(value.map_or(Term::False, |value| Term::new(format!("({wanted} {value} {operand})"))).into())
}
