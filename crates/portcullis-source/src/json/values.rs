//! The JSON values of a file: one, or several one after the other, as pages of the AWS CLI and JSON Lines are.

use portcullis_iam::json::{self, Entry, Fault, JsonError, Node, Value};
use portcullis_iam::span::Span;

use crate::place::offset;

/// The values of `text`, their spans in the whole text.
pub(super) fn read(text: &str) -> Result<Vec<Value<'_>>, JsonError> {
    let mut values = Vec::new();
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    loop {
        let base = offset(text.len() - rest.len());
        let (value, after) = match json::parse(rest) {
            Ok(value) => (value, ""),
            Err(error) => first(rest).ok_or_else(|| moved(&error, base))?,
        };
        values.push(shifted(value, base));
        rest = after.trim_start();
        if rest.is_empty() {
            return Ok(values);
        }
    }
}

/// The first of several values, and what follows it; none when it is no value, or is the only one.
fn first(text: &str) -> Option<(Value<'_>, &str)> {
    let error = json::parse(text).err().filter(|error| error.fault == Fault::Trailing)?;
    let (head, after) = text.split_at_checked(error.span.start as usize)?;
    // What follows a value by mistake is no further value.
    after.starts_with(['{', '[']).then_some(())?;
    Some((json::parse(head).ok()?, after))
}

fn moved(error: &JsonError, base: u32) -> JsonError {
    JsonError { fault: error.fault, span: plus(error.span, base) }
}

/// The value as it stands `base` bytes further on.
pub(super) fn shifted(mut value: Value<'_>, base: u32) -> Value<'_> {
    if base != 0 {
        shift(&mut value, base);
    }
    value
}

/// As deep as the reader of JSON goes.
fn shift(value: &mut Value<'_>, base: u32) {
    value.span = plus(value.span, base);
    match &mut value.node {
        Node::Array(items) => items.iter_mut().for_each(|item| shift(item, base)),
        Node::Object(entries) => entries.iter_mut().for_each(|entry| shift_entry(entry, base)),
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) => {}
    }
}

fn shift_entry(entry: &mut Entry<'_>, base: u32) {
    entry.key_span = plus(entry.key_span, base);
    shift(&mut entry.value, base);
}

fn plus(span: Span, base: u32) -> Span {
    Span::new(span.start.saturating_add(base), span.end.saturating_add(base))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let values = read(text).unwrap();
        let found: Vec<_> = values.iter().map(|value| value.span.of(text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn values_follow_each_other() {
        check("\u{feff} {\"a\": 1}\n", &["{\"a\": 1}"]);
        check("{}\n{\"a\":{}} [1]\n\n", &["{}", "{\"a\":{}}", "[1]"]);
        let text = "[]\n{\"a\": [x]}";
        assert_eq!(read(text).unwrap_err().span.of(text), "x");
        assert_eq!(read("{} }").unwrap_err().fault, Fault::Trailing);
        assert!(read("").is_err());
    }
}
