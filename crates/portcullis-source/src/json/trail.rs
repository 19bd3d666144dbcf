//! The way from the root of a file to a value: what stands around a document tells what it is.

use portcullis_iam::json::{Node, Value};

use crate::guess::{items, member};

/// A value and what stands around it.
#[derive(Clone, Copy)]
pub(super) struct Trail<'p, 'v, 't> {
    pub(super) value: &'v Value<'t>,
    pub(super) step: Step<'v>,
    pub(super) parent: Option<&'p Trail<'p, 'v, 't>>,
}

/// How to come to a value from the one around it.
#[derive(Clone, Copy)]
pub(super) enum Step<'v> {
    /// The only value of the file.
    Root,
    /// One of several values of the file or of an array, from 0.
    Item(usize),
    /// A member of an object.
    Member(&'v str),
}

impl<'p, 'v, 't> Trail<'p, 'v, 't> {
    /// This value and those around it, from the inside out.
    pub(super) fn outwards(&'p self) -> impl Iterator<Item = &'p Trail<'p, 'v, 't>> {
        std::iter::successors(Some(self), |trail| trail.parent)
    }

    /// The key under which the value stands.
    pub(super) fn key(&self) -> Option<&'v str> {
        match self.step {
            Step::Member(key) => Some(key),
            Step::Root | Step::Item(_) => None,
        }
    }

    /// Whether the value stands somewhere below a member of this name.
    pub(super) fn is_below(&self, key: &str) -> bool {
        self.outwards().any(|trail| trail.key() == Some(key))
    }

    /// The string under `key` beside the value, or beside what is around it.
    pub(super) fn near(&self, key: &str) -> Option<&'v str> {
        self.outwards().skip(1).find_map(|trail| string(member(trail.value, key)?))
    }

    /// The value of a member beside the value.
    pub(super) fn beside(&self, key: &str) -> Option<&'v Value<'t>> {
        member(self.parent?.value, key)
    }

    /// The way as text: `UserDetailList[0].UserPolicyList[1]`; empty for the root.
    pub(super) fn path(&self) -> String {
        let mut steps: Vec<_> = self.outwards().map(|trail| trail.step).collect();
        steps.reverse();
        let mut path = String::new();
        for step in steps {
            match step {
                Step::Root => {}
                Step::Item(number) => path.push_str(&format!("[{number}]")),
                Step::Member(key) => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(key);
                }
            }
        }
        path
    }
}

/// The text of a string.
pub(super) fn string<'v>(value: &'v Value<'_>) -> Option<&'v str> {
    match &value.node {
        Node::String(text) => Some(text),
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::Array(_) | Node::Object(_) => None,
    }
}

/// The strings under `key` of every object in the list.
pub(super) fn strings<'v>(list: Option<&'v Value<'_>>, key: &str) -> impl Iterator<Item = &'v str> {
    list.map(items).unwrap_or_default().iter().filter_map(move |item| string(member(item, key)?))
}
