//! JSON as it was written: every value and key with its place in the text, duplicate keys kept.
//!
//! The grammar is RFC 8259 without extensions. Strings borrow from the text unless an escape forces a copy, numbers
//! keep their spelling, and hostile input meets a limit with a clear message.

mod error;
mod reader;
mod string;
pub mod write;

use std::borrow::Cow;

use crate::span::Span;

pub use error::{Fault, JsonError};

/// The longest text that is read, in bytes (256 MiB): spans count bytes in 32 bits, and files are read whole.
pub const MAX_BYTES: usize = 256 << 20;

/// The deepest nesting of arrays and objects that is read. AWS's own documents stay below 20.
pub const MAX_DEPTH: usize = 128;

/// A JSON value and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value<'t> {
    /// The value.
    pub node: Node<'t>,
    /// Where it was written: quotes, brackets and braces included.
    pub span: Span,
}

/// What a JSON value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node<'t> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number in its own spelling.
    Number(&'t str),
    /// A string without its quotes, escapes resolved.
    String(Cow<'t, str>),
    /// The items of an array.
    Array(Vec<Value<'t>>),
    /// The entries of an object in the order of the text; keys may repeat.
    Object(Vec<Entry<'t>>),
}

/// One entry of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'t> {
    /// The key, escapes resolved.
    pub key: Cow<'t, str>,
    /// Where the key was written, quotes included.
    pub key_span: Span,
    /// The value.
    pub value: Value<'t>,
}

/// Reads the one JSON value that `text` holds.
///
/// Fails on anything that RFC 8259 does not allow, on text longer than [`MAX_BYTES`] and on nesting deeper than
/// [`MAX_DEPTH`].
pub fn parse(text: &str) -> Result<Value<'_>, JsonError> {
    reader::document(text)
}

impl Entry<'_> {
    /// The key and the value together.
    pub fn span(&self) -> Span {
        Span::new(self.key_span.start, self.value.span.end)
    }
}

impl Node<'_> {
    /// What the value is called in messages, with its article: `an array`.
    pub fn kind(&self) -> &'static str {
        match self {
            Node::Null => "null",
            Node::Bool(_) => "a boolean",
            Node::Number(_) => "a number",
            Node::String(_) => "a string",
            Node::Array(_) => "an array",
            Node::Object(_) => "an object",
        }
    }
}

#[cfg(test)]
mod tests;
