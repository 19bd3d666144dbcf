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
    /// A variable's key is unknown.
    Depends(Holds),
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
    let mut no_value = false;
    let mut depends = Holds::No;
    for part in parts(text, version) {
        match replace(part, wildcards, context) {
            Expanded::Pieces(more) => pieces.extend(more),
            Expanded::NoValue => no_value = true,
            Expanded::Depends(key) => depends = depends.or(key),
        }
    }
    match (no_value, depends) {
        (true, _) => Expanded::NoValue,
        (false, depends @ Holds::Depends(_)) => Expanded::Depends(depends),
        (false, Holds::Yes | Holds::No) => Expanded::Pieces(pieces),
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
        KeyState::Unknown => Expanded::Depends(Holds::depends_on_key(&key)),
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
