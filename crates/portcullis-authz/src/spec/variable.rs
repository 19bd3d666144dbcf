//! Policy variables: `${key}`, `${key, 'default'}`, and the escapes `${*}`, `${?}`, `${$}`.
//!
//! IAM: reference_policies_variables.

use portcullis_iam::{Context, ContextKey, KeyState, Values, Version};

use super::glob::{self, Piece};
use super::holds::Holds;

/// What a text of a policy says once its variables have been replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Expanded {
    /// These pieces.
    Pieces(Vec<Piece>),
    /// A variable has no value: "there is no equal or like value".
    NoValue,
    /// A variable's key is unknown: whether the text matches depends on it, if the text can match at all.
    Depends {
        /// The unknown keys.
        on: Holds,
        /// The text with any run of characters in place of each unknown variable.
        at_most: Vec<Piece>,
    },
}

/// Whether `*` and `?` in the policy's own text are wildcards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wildcards {
    /// They are: `StringLike`, ARN operators, resources.
    Apply,
    /// They are plain characters.
    Literal,
}

/// A part of a policy's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part<'t> {
    /// Text outside variables.
    Text(&'t str),
    /// What stands between `${` and `}`.
    Variable(&'t str),
}

/// What `text` says in `context`. Before version 2012-10-17 variables are "treated as literal strings".
pub(super) fn expand(text: &str, version: Version, wildcards: Wildcards, context: &Context) -> Expanded {
    let mut pieces = Vec::new();
    let mut depends = Holds::No;
    for part in parts(text, version) {
        match replace(part, wildcards, context) {
            Expanded::Pieces(more) => pieces.extend(more),
            Expanded::NoValue => return Expanded::NoValue,
            Expanded::Depends { on, at_most } => {
                depends = depends.or(on);
                pieces.extend(at_most);
            }
        }
    }
    match depends {
        on @ Holds::Depends(_) => Expanded::Depends { on, at_most: pieces },
        Holds::Yes | Holds::No => Expanded::Pieces(pieces),
    }
}

/// Whether `text` matches, where `matches` tells of pieces. "There is no equal or like value" of a variable without
/// a value; and what no value of an unknown variable could match is not matched.
pub(super) fn matches(expanded: Expanded, matches: impl Fn(&[Piece]) -> bool) -> Holds {
    match expanded {
        Expanded::Pieces(pieces) => matches(&pieces).into(),
        Expanded::NoValue => Holds::No,
        Expanded::Depends { on, at_most } => on.and(matches(&at_most).into()),
    }
}

/// The keys that `text` uses as variables.
pub(super) fn keys(text: &str, version: Version) -> Vec<ContextKey> {
    let variables = parts(text, version).into_iter().filter_map(|part| match part {
        Part::Text(_) | Part::Variable("*" | "?" | "$") => None,
        Part::Variable(body) => Some(name_and_default(body).0),
    });
    variables.map(ContextKey::new).collect()
}

/// `text` cut at its variables. A `${` that is never closed is plain text.
fn parts(text: &str, version: Version) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while version == Version::V2012
        && let Some((before, after)) = rest.split_once("${")
        && let Some((body, behind)) = after.split_once('}')
    {
        parts.push(Part::Text(before));
        parts.push(Part::Variable(body));
        rest = behind;
    }
    parts.push(Part::Text(rest));
    parts
}

fn replace(part: Part<'_>, wildcards: Wildcards, context: &Context) -> Expanded {
    match part {
        Part::Text(text) if wildcards == Wildcards::Apply => Expanded::Pieces(glob::pieces(text)),
        Part::Text(literal) | Part::Variable(literal @ ("*" | "?" | "$")) => {
            Expanded::Pieces(glob::literal(literal))
        }
        Part::Variable(body) => value(body, context),
    }
}

/// The value of a variable: the key's, if it is single-valued and not empty, else the default, else none.
/// "You can't use a multivalued condition key as a variable."
fn value(body: &str, context: &Context) -> Expanded {
    let (name, default) = name_and_default(body);
    let key = ContextKey::new(name);
    match context.state(&key) {
        KeyState::Unknown => {
            Expanded::Depends { on: Holds::depends_on_key(&key), at_most: vec![Piece::AnyRun] }
        }
        KeyState::Known(Values::One(value)) if !value.is_empty() => Expanded::Pieces(glob::literal(value)),
        KeyState::Known(_) | KeyState::Absent => {
            default.map_or(Expanded::NoValue, |default| Expanded::Pieces(glob::literal(default)))
        }
    }
}

/// "Surround the default value with single quotes, and separate the variable text and the default value with a
/// comma and space."
fn name_and_default(body: &str) -> (&str, Option<&str>) {
    match body.split_once(',') {
        Some((name, default)) => {
            let quoted = default.trim().strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
            (name.trim(), quoted)
        }
        None => (body.trim(), None),
    }
}
