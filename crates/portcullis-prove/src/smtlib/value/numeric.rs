//! The numeric operators.

use crate::smtlib::NotExported;
use crate::smtlib::key::Value;
use crate::smtlib::term::{Holds, Term};

/// Whether `value` stands to `operand` as the relation `wanted` says; what is no number matches nothing.
pub(super) fn is(wanted: &str, value: &Value, operand: &str) -> Result<Holds, NotExported> {
    let Some(operand) = real(operand) else { return Ok(false.into()) };
    let value = match value {
        Value::Constant(text) => real(text),
        Value::Number(name) | Value::Instant(name) => Some(name.clone()),
        Value::Boolean(_) | Value::Address(_) => None,
        Value::Text(_) => return Err(NotExported("a text compared as a number".into())),
    };
    Ok(value.map_or(Term::False, |value| Term::new(format!("({wanted} {value} {operand})"))).into())
}

/// The decimal number in `text` as a term.
fn real(text: &str) -> Option<String> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let number = format!("{}.{fraction}", if whole.is_empty() { "0" } else { whole });
    Some(if negative { format!("(- {number})") } else { number })
}
