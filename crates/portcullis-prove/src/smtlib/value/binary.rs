//! `BinaryEquals`: the bytes that base-64 encodes.

use crate::smtlib::NotExported;
use crate::smtlib::key::Value;
use crate::smtlib::term::Holds;

/// Whether both texts encode the same bytes; what is no base-64 matches nothing.
pub(super) fn equals(value: &Value, operand: &str) -> Result<Holds, NotExported> {
    match value {
        Value::Constant(text) => {
            Ok(bytes(text).zip(bytes(operand)).is_some_and(|(left, right)| left == right).into())
        }
        Value::Boolean(_) | Value::Number(_) | Value::Instant(_) | Value::Address(_) | Value::Text(_) => {
            Err(NotExported("a free value compared as bytes".into()))
        }
    }
}

/// The bits that fill bytes.
fn bytes(text: &str) -> Option<Vec<bool>> {
    let body = text.trim_end_matches('=');
    if !text.len().is_multiple_of(4) || 2 < text.len() - body.len() {
        return None;
    }
    let mut bits = Vec::new();
    for byte in body.bytes() {
        let number = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits.extend((0..6).rev().map(|bit| number >> bit & 1 == 1));
    }
    bits.truncate(bits.len() / 8 * 8);
    Some(bits)
}
