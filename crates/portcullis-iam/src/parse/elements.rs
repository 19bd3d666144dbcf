//! The named elements of an object.

use super::syntax;
use crate::json::{Entry, Node, Value};
use crate::problem::Problem;
use crate::suggest;

/// The entries of the object `value`; none, with a problem, when it is something else.
pub(super) fn entries<'v, 't>(
    value: &'v Value<'t>,
    what: &str,
    problems: &mut Vec<Problem>,
) -> Option<&'v [Entry<'t>]> {
    match &value.node {
        Node::Object(entries) => Some(entries),
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) | Node::Array(_) => {
            let hint = format!("{what} must be an object, not {}", value.node.kind());
            problems.push(syntax("wrong-type", hint, value.span));
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
    problems: &mut Vec<Problem>,
) -> Option<[Option<&'v Entry<'t>>; N]> {
    let mut found = [None; N];
    let known_problems = problems.len();
    for entry in entries {
        let slot = names.iter().zip(&mut found).find(|(name, _)| **name == entry.key);
        match slot {
            Some((_, slot @ None)) => *slot = Some(entry),
            Some((name, Some(_))) => {
                let hint = format!("`{name}` is written twice; keep one");
                problems.push(syntax("duplicate-element", hint, entry.key_span));
            }
            None => problems.push(unknown(entry, names)),
        }
    }
    (problems.len() == known_problems).then_some(found)
}

fn unknown<const N: usize>(entry: &Entry<'_>, names: [&'static str; N]) -> Problem {
    let hint = match suggest::nearest(&entry.key, names) {
        Some(name) => format!("unknown element `{}`; did you mean `{name}`?", entry.key),
        None => format!("unknown element `{}`; allowed here are {}", entry.key, names.join(", ")),
    };
    syntax("unknown-element", hint, entry.key_span)
}
