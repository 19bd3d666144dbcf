//! The named elements of an object.

use std::fmt::Display;

use super::reading::Reading;
use crate::json::{Entry, Node, Value};
use crate::problem::clip;
use crate::suggest;

/// The entries of the object `value`; none, with a problem, when it is something else.
pub(super) fn entries<'v, 't>(
    value: &'v Value<'t>,
    what: impl Display,
    reading: &mut Reading,
) -> Option<&'v [Entry<'t>]> {
    match &value.node {
        Node::Object(entries) => Some(entries),
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) | Node::Array(_) => {
            let hint = format!("{what} must be an object, not {}", value.node.kind());
            reading.syntax("wrong-type", hint, value.span);
            None
        }
    }
}

/// The entry of each name, in the order of `names`.
///
/// None, with a problem, when there is any other element or one that repeats: the guide's grammar allows neither.
pub(super) fn named<'v, 't, const N: usize>(
    entries: &'v [Entry<'t>],
    names: [&'static str; N],
    reading: &mut Reading,
) -> Option<[Option<&'v Entry<'t>>; N]> {
    let mut found = [None; N];
    let mut readable = true;
    for entry in entries {
        let slot = names.iter().zip(&mut found).find(|(name, _)| **name == entry.key);
        match slot {
            Some((_, slot @ None)) => *slot = Some(entry),
            Some((name, Some(_))) => {
                readable = false;
                let hint = format!("`{name}` is written twice; keep one");
                reading.syntax("duplicate-element", hint, entry.key_span);
            }
            None => {
                readable = false;
                report_unknown(entry, names, reading);
            }
        }
        if reading.is_full() {
            return None;
        }
    }
    readable.then_some(found)
}

fn report_unknown<const N: usize>(entry: &Entry<'_>, names: [&'static str; N], reading: &mut Reading) {
    let key = clip(&entry.key);
    let hint = match suggest::nearest(&entry.key, names) {
        Some(name) => format!("unknown element `{key}`; did you mean `{name}`?"),
        None => format!("unknown element `{key}`; allowed here are {}", names.join(", ")),
    };
    reading.syntax("unknown-element", hint, entry.key_span);
}
