//! What is missing in a policy, and the names of what is not known in it.

use std::collections::BTreeMap;
use std::rc::Rc;

use portcullis_iam::Effect;

use super::text::{Hole, Text};
use super::{Node, Tree, Unknown};
use crate::UNKNOWN_KEY;
use crate::document::{Element, Gap, Placeholder};
use crate::found::Note;
use crate::places::{Files, Source};

/// The unknown parts of one document.
pub(super) struct Gaps<'f> {
    files: &'f Files,
    gaps: Vec<Gap>,
    placeholders: Vec<Placeholder>,
    notes: Vec<Note>,
    /// The numbers of the placeholders: one for every value, and one for every place of what may differ by place.
    numbers: BTreeMap<(Rc<str>, Option<Source>), usize>,
}

/// What was gathered.
pub(super) struct Gathered {
    pub(super) gaps: Vec<Gap>,
    pub(super) placeholders: Vec<Placeholder>,
    pub(super) notes: Vec<Note>,
}

impl<'f> Gaps<'f> {
    pub(super) fn new(files: &'f Files) -> Self {
        let (gaps, placeholders, notes) = Default::default();
        Self { files, gaps, placeholders, notes, numbers: BTreeMap::new() }
    }

    /// Something of a statement is missing in the policy: `what` says where, `unknown` for want of what.
    pub(super) fn gap(&mut self, what: String, unknown: &str, effect: Option<Effect>, source: Source) {
        let place = source.place(self.files);
        if !is_ambient(unknown) {
            self.notes.push(note(&what, place.clone()));
        }
        self.gaps.push(Gap { what, effect, place });
    }

    /// A placeholder will stand for what is not known of the value.
    pub(super) fn hold(&mut self, value: &Tree, element: Element) {
        match &value.node {
            Node::Unknown(unknown) => self.placeholder(unknown, value.source, element),
            Node::Text(text) => {
                for Hole { unknown, source, .. } in text.holes() {
                    self.placeholder(unknown, *source, element);
                }
            }
            Node::Null | Node::Bool(_) | Node::Number(_) | Node::List(_) | Node::Map(_) | Node::Json(_) => {}
        }
    }

    fn placeholder(&mut self, unknown: &Unknown, source: Source, element: Element) {
        let next = self.numbers.len();
        let number = *self.numbers.entry(identity(unknown, source)).or_insert(next);
        self.placeholders.push(Placeholder {
            key: format!("{UNKNOWN_KEY}{number}"),
            what: unknown.what.to_string(),
            element,
            place: source.place(self.files),
        });
    }

    /// How many placeholders there are.
    pub(super) fn held(&self) -> usize {
        self.placeholders.len()
    }

    /// Forgets the placeholders after these: their statement is not in the policy.
    pub(super) fn forget(&mut self, held: usize) {
        self.placeholders.truncate(held);
    }

    /// What stands in the text for a hole.
    pub(super) fn name(&self, hole: &Hole) -> String {
        let number = self.numbers.get(&identity(&hole.unknown, hole.source));
        number.map_or_else(String::new, |number| format!("${{{UNKNOWN_KEY}{number}}}"))
    }

    pub(super) fn gathered(self) -> Gathered {
        let Self { gaps, placeholders, mut notes, .. } = self;
        let mut named: Vec<&str> = Vec::new();
        // That of a principal is a gap, and was said.
        let is_news = |held: &&Placeholder| !is_ambient(&held.what) && held.element != Element::Principal;
        for placeholder in placeholders.iter().filter(is_news) {
            if !named.contains(&placeholder.key.as_str()) && named.len() < MAX_NAMED {
                named.push(&placeholder.key);
                notes.push(note(&format!("`{}`", placeholder.what), placeholder.place.clone()));
            }
        }
        notes.sort_by(|a, b| a.place.cmp(&b.place));
        Gathered { gaps, placeholders, notes }
    }
}

fn note(what: &str, place: crate::Place) -> Note {
    Note { message: format!("{what} is not known from these files"), place }
}

/// Whether what is called so is open in every file by its nature: the account, partition and region.
fn is_ambient(what: &str) -> bool {
    AMBIENT.iter().any(|start| what.starts_with(start))
}

const AMBIENT: [&str; 4] = ["AWS::", "data.aws_partition.", "data.aws_caller_identity.", "data.aws_region."];

/// The most values of one document that get a note.
const MAX_NAMED: usize = 50;

fn identity(unknown: &Unknown, source: Source) -> (Rc<str>, Option<Source>) {
    (Rc::clone(&unknown.what), (!unknown.is_same).then_some(source))
}

/// What is not known of a value, by its first name; none when all is known.
pub(super) fn unknown_in(value: &Tree) -> Option<&Unknown> {
    match &value.node {
        Node::Unknown(unknown) => Some(unknown),
        Node::Text(text) => unknown_in_text(text),
        Node::List(items) => items.iter().find_map(unknown_in),
        Node::Json(inner) => unknown_in(inner),
        Node::Map(fields) => {
            fields.iter().find_map(|field| unknown_in_text(&field.key).or_else(|| unknown_in(&field.value)))
        }
        Node::Null | Node::Bool(_) | Node::Number(_) => None,
    }
}

pub(super) fn unknown_in_text(text: &Text) -> Option<&Unknown> {
    text.holes().first().map(|hole| &hole.unknown)
}
