//! Patterns with `*` and `?`, and the two ways in which AWS lays them over an ARN.

mod arn_like;
mod glob;
mod resource;

use std::borrow::Cow;

pub use arn_like::{ArnMatch, ArnMeaning, ArnPattern};
pub use resource::{Reach, ResourceMeaning, ResourcePattern, ShortArn, Token};

use crate::context::{Context, ContextKey};
use crate::policy::Version;
use crate::variable::{self, Value};

/// One part of a pattern whose variables have their values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part<'t> {
    /// Exactly this text, `*` and `?` included.
    Text(Cow<'t, str>),
    /// `?`: any one character.
    One,
    /// `*`: any run of characters, also none.
    Run,
}

/// What `*` and `?` mean in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wildcards {
    /// They stand for other characters.
    Active,
    /// They are ordinary characters.
    Literal,
}

/// A pattern as read from a policy: text, wildcards and policy variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// Without variables.
    Fixed(Box<[Part<'static>]>),
    /// With variables, to be resolved for each request.
    Varying(Box<[Piece]>),
}

/// One piece of a pattern with variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text or a wildcard.
    Part(Part<'static>),
    /// `${key}` or `${key, 'default'}`.
    Variable(variable::Variable),
}

/// A pattern with the values that a request gives to its variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolved<'t> {
    /// Every variable has its value.
    Ready(Cow<'t, [Part<'t>]>),
    /// A variable has no value: the pattern matches nothing.
    Unset,
    /// A variable is unknown. The parts here match at least what the pattern may match: unknown variables are `*`.
    Open(Vec<Part<'t>>),
}

impl Pattern {
    /// The pattern in `text`; `${…}` are variables in [`Version::V2012`] and plain text before.
    pub fn parse(text: &str, version: Version, wildcards: Wildcards) -> Self {
        let pieces = match version {
            Version::V2008 => split_wildcards(text, wildcards),
            Version::V2012 => variable::split(text, wildcards),
        };
        let fixed: Option<Box<[Part<'static>]>> = pieces.iter().map(Piece::fixed).collect();
        fixed.map_or_else(|| Self::Varying(pieces.into()), Self::Fixed)
    }

    /// The pattern with the values that `context` gives to its variables.
    pub fn resolve<'t>(&'t self, context: &'t Context) -> Resolved<'t> {
        match self {
            Self::Fixed(parts) => Resolved::Ready(Cow::Borrowed(parts)),
            Self::Varying(pieces) => resolve(pieces, context),
        }
    }

    /// The keys of its variables.
    pub fn keys(&self) -> impl Iterator<Item = &ContextKey> {
        let pieces: &[Piece] = match self {
            Self::Fixed(_) => &[],
            Self::Varying(pieces) => pieces,
        };
        pieces.iter().filter_map(|piece| match piece {
            Piece::Part(_) => None,
            Piece::Variable(variable) => Some(&variable.key),
        })
    }
}

impl Piece {
    fn fixed(&self) -> Option<Part<'static>> {
        match self {
            Self::Part(part) => Some(part.clone()),
            Self::Variable(_) => None,
        }
    }
}

/// Whether `parts` cover the whole of `text`. Linear in practice; never worse than their product.
pub fn matches(parts: &[Part<'_>], text: &str) -> bool {
    glob::matches(parts, text)
}

/// Whether `pattern`, a text with `*` and `?` and without variables, covers the whole of `text`.
pub fn matches_text(pattern: &str, text: &str) -> bool {
    if !pattern.contains(['*', '?']) {
        return pattern == text;
    }
    let mut parts = Vec::new();
    push_text(&mut parts, pattern, Wildcards::Active);
    glob::matches(&parts, text)
}

/// The parts of `pattern`, a text with `*` and `?` and without variables.
pub fn parts(pattern: &str) -> Box<[Part<'static>]> {
    let mut parts = Vec::new();
    push_text(&mut parts, pattern, Wildcards::Active);
    parts.into_iter().map(Part::into_owned).collect()
}

/// Appends `text` as parts to `parts`, in which neighbouring texts stay apart.
pub(crate) fn push_text<'t>(parts: &mut Vec<Part<'t>>, text: &'t str, wildcards: Wildcards) {
    match wildcards {
        Wildcards::Literal if text.is_empty() => {}
        Wildcards::Literal => parts.push(Part::Text(Cow::Borrowed(text))),
        Wildcards::Active => push_wildcards(parts, text),
    }
}

fn push_wildcards<'t>(parts: &mut Vec<Part<'t>>, text: &'t str) {
    for piece in text.split_inclusive(['*', '?']) {
        let (literal, wildcard) = if let Some(literal) = piece.strip_suffix('*') {
            (literal, Some(Part::Run))
        } else if let Some(literal) = piece.strip_suffix('?') {
            (literal, Some(Part::One))
        } else {
            (piece, None)
        };
        push_text(parts, literal, Wildcards::Literal);
        parts.extend(wildcard);
    }
}

fn split_wildcards(text: &str, wildcards: Wildcards) -> Vec<Piece> {
    let mut parts = Vec::new();
    push_text(&mut parts, text, wildcards);
    parts.into_iter().map(|part| Piece::Part(part.into_owned())).collect()
}

fn resolve<'t>(pieces: &'t [Piece], context: &'t Context) -> Resolved<'t> {
    let mut parts = Vec::with_capacity(pieces.len());
    let mut open = false;
    for piece in pieces {
        match piece {
            Piece::Part(part) => parts.push(part.borrow()),
            Piece::Variable(variable) => match variable.value(context) {
                Value::Text(text) => parts.push(Part::Text(Cow::Borrowed(text))),
                Value::Unset => return Resolved::Unset,
                Value::Unknown => {
                    open = true;
                    parts.push(Part::Run);
                }
            },
        }
    }
    if open { Resolved::Open(parts) } else { Resolved::Ready(Cow::Owned(parts)) }
}

impl Part<'_> {
    pub(crate) fn into_owned(self) -> Part<'static> {
        match self {
            Part::Text(text) => Part::Text(Cow::Owned(text.into_owned())),
            Part::One => Part::One,
            Part::Run => Part::Run,
        }
    }

    fn borrow(&self) -> Part<'_> {
        match self {
            Part::Text(text) => Part::Text(Cow::Borrowed(text)),
            Part::One => Part::One,
            Part::Run => Part::Run,
        }
    }
}
