//! The resolution of a template's intrinsic functions.

use std::cell::{Cell, RefCell};

use super::function;
use super::template::Template;
use crate::found::Note;
use crate::places::{Files, Source};
use crate::tree::{Field, Node, Text, Tree, Unknown};

/// Resolves the functions of one template.
pub(crate) struct Resolver<'t> {
    pub(super) template: &'t Template<'t>,
    pub(super) files: &'t Files,
    notes: RefCell<Vec<Note>>,
    /// How many values may still be made: functions can multiply what they are given.
    budget: Cell<usize>,
    depth: Cell<usize>,
}

impl<'t> Resolver<'t> {
    pub(crate) fn new(template: &'t Template<'t>, files: &'t Files) -> Self {
        let (notes, budget, depth) = (RefCell::default(), Cell::new(MAX_VALUES), Cell::new(0));
        Self { template, files, notes, budget, depth }
    }

    /// The value with its functions resolved; none for `AWS::NoValue`. What is not known stays in it as such.
    pub(crate) fn resolve(&self, tree: &Tree) -> Option<Tree> {
        let depth = self.depth.get();
        if MAX_DEPTH <= depth || !self.spend() {
            return Some(Tree::unknown(Unknown::made("a value that is too large"), tree.source));
        }
        self.depth.set(depth + 1);
        let resolved = self.node(tree);
        self.depth.set(depth);
        resolved
    }

    /// Whether there is something left of the budget.
    pub(super) fn spend(&self) -> bool {
        let left = self.budget.get().checked_sub(1);
        self.budget.set(left.unwrap_or_default());
        left.is_some()
    }

    fn node(&self, tree: &Tree) -> Option<Tree> {
        let node = match &tree.node {
            Node::Map(fields) => {
                if let [field] = fields.as_slice()
                    && let Some(call) = field.key.known().and_then(function::find)
                {
                    return call(self, &field.value, tree.source);
                }
                Node::Map(fields.iter().filter_map(|field| self.field(field)).collect())
            }
            Node::List(items) => Node::List(items.iter().filter_map(|item| self.resolve(item)).collect()),
            Node::Text(text) => Node::Text(self.afforded(text)?),
            Node::Null | Node::Bool(_) | Node::Number(_) | Node::Json(_) | Node::Unknown(_) => {
                tree.node.clone()
            }
        };
        Some(Tree::new(node, tree.source))
    }

    fn field(&self, field: &Field) -> Option<Field> {
        let value = self.resolve(&field.value)?;
        Some(Field { key: field.key.clone(), key_source: field.key_source, value, source: field.source })
    }

    /// The text, for as much of the budget as it is long.
    fn afforded(&self, text: &Text) -> Option<Text> {
        self.budget.set(self.budget.get().saturating_sub(text.len() / 64));
        Some(text.clone())
    }

    /// The value as text; what is no single value is unknown.
    pub(super) fn text(&self, tree: &Tree) -> Text {
        let resolved = self.resolve(tree);
        let scalar = resolved.as_ref().and_then(Tree::scalar);
        scalar.unwrap_or_else(|| Text::hole(Unknown::made("a value that is no text"), tree.source))
    }

    pub(super) fn note(&self, message: String, source: Source) {
        self.notes.borrow_mut().push(Note { message, place: source.place(self.files) });
    }

    /// What was noted while resolving.
    pub(crate) fn into_notes(self) -> Vec<Note> {
        self.notes.into_inner()
    }
}

/// The most values that are made of one template.
const MAX_VALUES: usize = 400_000;

/// The deepest nesting that is followed: that of files, and of conditions that name each other.
const MAX_DEPTH: usize = 200;
