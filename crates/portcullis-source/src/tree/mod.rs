//! Values as templates and configurations make them: with places, and with parts that are not known.
//!
//! Every format but plain JSON is resolved to a [`Tree`], and [`document()`] makes a policy of it.

mod document;
mod gaps;
mod json;
mod statement;
mod text;
mod write;

use std::rc::Rc;

use crate::guess::Signs;
use crate::places::Source;

pub(crate) use document::{Made, document};
pub(crate) use json::{from_json, parse};
pub(crate) use text::Text;
pub(crate) use write::to_json;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tree {
    pub(crate) node: Node,
    pub(crate) source: Source,
    /// What to point at when the whole is meant, where that is not its first word.
    pub(crate) head: Option<Source>,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    Null,
    Bool(bool),
    Number(Box<str>),
    Text(Text),
    List(Vec<Tree>),
    Map(Vec<Field>),
    /// A string that is the JSON of this value.
    Json(Box<Tree>),
    /// Any value at all.
    Unknown(Unknown),
}

/// An entry of a map.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Field {
    pub(crate) key: Text,
    pub(crate) key_source: Source,
    pub(crate) value: Tree,
    /// The key and what was written for the value, which may be a reference to it.
    pub(crate) source: Source,
}

/// Something that the files leave open.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Unknown {
    /// What the file calls it: `var.bucket`, `AWS::AccountId`.
    pub(crate) what: Rc<str>,
    /// Whether all that is called so is the same value.
    pub(crate) is_same: bool,
}

impl Unknown {
    /// A value with a name: the same wherever it is named.
    pub(crate) fn named(what: &str) -> Self {
        Self { what: what.into(), is_same: true }
    }

    /// What something makes that is not followed: it may be another value each time.
    pub(crate) fn made(what: &str) -> Self {
        Self { what: what.into(), is_same: false }
    }
}

impl Tree {
    pub(crate) fn new(node: Node, source: Source) -> Self {
        Self { node, source, head: None }
    }

    /// The same place with nothing in it.
    pub(crate) fn shell(&self) -> Self {
        Self { node: Node::Null, source: self.source, head: self.head }
    }

    pub(crate) fn unknown(unknown: Unknown, source: Source) -> Self {
        Self::new(Node::Unknown(unknown), source)
    }

    pub(crate) fn text(text: Text, source: Source) -> Self {
        Self::new(Node::Text(text), source)
    }

    /// The fields of a map; of anything else, none.
    pub(crate) fn fields(&self) -> &[Field] {
        if let Node::Map(fields) = &self.node { fields } else { &[] }
    }

    /// The items of a list, or the one value that is no list.
    pub(crate) fn items(&self) -> &[Tree] {
        if let Node::List(items) = &self.node { items } else { std::slice::from_ref(self) }
    }

    /// The value of the field with this key.
    pub(crate) fn get(&self, key: &str) -> Option<&Tree> {
        self.fields().iter().find(|field| field.key.known() == Some(key)).map(|field| &field.value)
    }

    /// The text of a string all of which is known.
    pub(crate) fn known(&self) -> Option<&str> {
        if let Node::Text(text) = &self.node { text.known() } else { None }
    }

    /// The text of a string, number or boolean, which may have holes; none for what is no single value.
    pub(crate) fn scalar(&self) -> Option<Text> {
        match &self.node {
            Node::Text(text) => Some(text.clone()),
            Node::Number(number) => Some(Text::verbatim(number, self.source)),
            Node::Bool(true) => Some(Text::verbatim("true", self.source)),
            Node::Bool(false) => Some(Text::verbatim("false", self.source)),
            Node::Unknown(unknown) => Some(Text::hole(unknown.clone(), self.source)),
            Node::Json(inner) => Some(to_json(inner)),
            Node::Null | Node::List(_) | Node::Map(_) => None,
        }
    }

    /// What speaks for a kind of policy in the document.
    pub(crate) fn signs(&self) -> Signs {
        let mut signs = Signs::default();
        let statements = self.get("Statement").map(Tree::items).unwrap_or_default();
        for field in statements.iter().flat_map(Tree::fields) {
            let texts = field.value.items().iter().map(|item| item.known().unwrap_or_default());
            signs.element(field.key.known().unwrap_or_default(), texts);
        }
        signs
    }

    /// How many values it is made of, itself included.
    pub(crate) fn size(&self) -> usize {
        match &self.node {
            Node::List(items) => 1 + items.iter().map(Tree::size).sum::<usize>(),
            Node::Map(fields) => 1 + fields.iter().map(|field| field.value.size()).sum::<usize>(),
            Node::Text(text) => 1 + text.len() / 64,
            Node::Json(inner) => 1 + inner.size(),
            Node::Null | Node::Bool(_) | Node::Number(_) | Node::Unknown(_) => 1,
        }
    }
}
