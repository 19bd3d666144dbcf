//! Why a text is no JSON, and where.

use crate::json::{MAX_BYTES, MAX_DEPTH};
use crate::span::Span;

/// What is expected where a key belongs.
pub(super) const KEY: &str = "a key in double quotes";

/// What is expected where a value inside an array or object belongs.
pub(super) const VALUE: &str = "a value";

/// Why and where a text is no JSON.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{fault}")]
pub struct JsonError {
    /// What is wrong.
    pub fault: Fault,
    /// The first place where the text stops being JSON.
    pub span: Span,
}

/// What is wrong with a JSON text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Something else belongs here.
    #[error("expected {expected}, found `{found}`")]
    Unexpected {
        /// What the grammar allows here.
        expected: &'static str,
        /// The character that stands here.
        found: char,
    },
    /// The text stops inside a value.
    #[error("the text ends where {expected} is expected")]
    End {
        /// What the grammar allows here.
        expected: &'static str,
    },
    /// No closing quote.
    #[error("the string is not closed")]
    UnclosedString,
    /// A raw control character in a string.
    #[error("a string holds the control character U+{code:04X}")]
    ControlCharacter {
        /// Its code point.
        code: u32,
    },
    /// A backslash that starts no escape.
    #[error("invalid escape in a string")]
    Escape,
    /// Half of a surrogate pair.
    #[error("an escape names half a character (a lone surrogate)")]
    LoneSurrogate,
    /// Not a JSON number.
    #[error("invalid number")]
    Number,
    /// More text after the value.
    #[error("text after the end of the JSON value")]
    Trailing,
    /// A byte order mark at the start.
    #[error("the text starts with a byte order mark")]
    ByteOrderMark,
    /// Nested deeper than [`MAX_DEPTH`].
    #[error("nested deeper than {MAX_DEPTH} levels")]
    TooDeep,
    /// Longer than [`MAX_BYTES`].
    #[error("longer than {MAX_BYTES} bytes")]
    TooLong,
}

impl Fault {
    /// What to do about it, where there is something to say beyond the message.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Fault::Unexpected { found: '\'', .. } => Some("JSON strings take double quotes"),
            Fault::Unexpected { found: '/' | '#', .. } => Some("JSON has no comments; remove it"),
            Fault::Unexpected { found: '}', expected: KEY }
            | Fault::Unexpected { found: ']', expected: VALUE } => Some("remove the comma before it"),
            Fault::UnclosedString => Some("add the closing `\"` on the same line"),
            Fault::ControlCharacter { .. } => Some("write it as an escape, such as \\n or \\t"),
            Fault::Escape => Some("allowed are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX"),
            Fault::Number => Some("write it as in `0`, `-1`, `2.5` or `1e3`, or as a string"),
            Fault::ByteOrderMark => Some("save the file as UTF-8 without a byte order mark"),
            Fault::Unexpected { .. }
            | Fault::End { .. }
            | Fault::LoneSurrogate
            | Fault::Trailing
            | Fault::TooDeep
            | Fault::TooLong => None,
        }
    }
}
