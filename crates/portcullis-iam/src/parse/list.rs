//! One string, or an array of them.

use std::borrow::Cow;

use super::reading::Reading;
use crate::json::{Node, Value};
use crate::span::Spanned;

/// The string `value`; none, with a problem, when it is something else.
pub(super) fn string(value: &Value<'_>, element: &str, reading: &mut Reading) -> Option<Spanned<Box<str>>> {
    match &value.node {
        Node::String(text) => Some(Spanned::new(text.as_ref().into(), value.span)),
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::Array(_) | Node::Object(_) => {
            let hint = format!("`{element}` must be a string, not {}", value.node.kind());
            reading.syntax("wrong-type", hint, value.span);
            None
        }
    }
}

/// The strings of `value`, which is one or an array of them; none, with a problem, when anything else is among them.
pub(super) fn strings(
    value: &Value<'_>,
    element: &str,
    reading: &mut Reading,
) -> Option<Vec<Spanned<Box<str>>>> {
    each(items(value), |item| string(item, element, reading))
}

/// What `read` makes of every item; none when it makes nothing of one. (Collecting into an `Option` does not know the
/// number of items beforehand.)
pub(super) fn each<S, T>(items: &[S], mut read: impl FnMut(&S) -> Option<T>) -> Option<Vec<T>> {
    let mut read_items = Vec::with_capacity(items.len());
    for item in items {
        read_items.push(read(item)?);
    }
    Some(read_items)
}

/// The items of an array, or the one value that is no array.
pub(super) fn items<'v, 't>(value: &'v Value<'t>) -> &'v [Value<'t>] {
    match &value.node {
        Node::Array(items) => items,
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) | Node::Object(_) => {
            std::slice::from_ref(value)
        }
    }
}

/// The text of a string, boolean or number; none for anything else.
pub(super) fn scalar<'v>(value: &'v Value<'_>) -> Option<Cow<'v, str>> {
    match &value.node {
        Node::String(text) => Some(Cow::Borrowed(text)),
        Node::Bool(true) => Some(Cow::Borrowed("true")),
        Node::Bool(false) => Some(Cow::Borrowed("false")),
        Node::Number(text) => Some(Cow::Borrowed(text)),
        Node::Null | Node::Array(_) | Node::Object(_) => None,
    }
}
