//! Policy variables: what a text says in each of the cases that its variables allow.

use portcullis_iam::{ContextKey, Version};

use super::encoder::{Encoder, State};
use super::glob::{self, Piece};
use super::key::Value;
use super::term::{Holds, Term};
use super::{NotExported, key};

/// Whether `*` and `?` in the policy's own text are wildcards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wildcards {
    Apply,
    Literal,
}

/// What a text says when `when` holds.
#[derive(Clone, Debug)]
pub(super) struct Alternative {
    pub(super) when: Holds,
    /// None when a variable has no value.
    pub(super) pieces: Option<Vec<Piece>>,
}

/// What `text` says, case by case. The cases exclude each other, but for what is hidden.
pub(super) fn expand(
    encoder: &mut Encoder<'_>,
    text: &str,
    version: Version,
    wildcards: Wildcards,
) -> Result<Vec<Alternative>, NotExported> {
    let own = |text| if wildcards == Wildcards::Apply { glob::pieces(text) } else { glob::literal(text) };
    let mut so_far = vec![Alternative { when: true.into(), pieces: Some(Vec::new()) }];
    let mut rest = text;
    while version == Version::V2012
        && let Some((before, after)) = rest.split_once("${")
        && let Some((body, behind)) = after.split_once('}')
    {
        so_far = join(&so_far, &[Alternative { when: true.into(), pieces: Some(own(before)) }]);
        so_far = join(&so_far, &variable(encoder, body)?);
        rest = behind;
    }
    Ok(join(&so_far, &[Alternative { when: true.into(), pieces: Some(own(rest)) }]))
}

fn join(left: &[Alternative], right: &[Alternative]) -> Vec<Alternative> {
    let pair = |left: &Alternative, right: &Alternative| Alternative {
        when: left.when.clone().and(right.when.clone()),
        pieces: left.pieces.as_ref().zip(right.pieces.as_ref()).map(|(a, b)| [&**a, b].concat()),
    };
    left.iter().flat_map(|left| right.iter().map(move |right| pair(left, right))).collect()
}

/// The value of the key, if it is single-valued and not empty; else the default; else none.
fn variable(encoder: &mut Encoder<'_>, body: &str) -> Result<Vec<Alternative>, NotExported> {
    if ["*", "?", "$"].contains(&body) {
        return Ok(vec![Alternative { when: true.into(), pieces: Some(glob::literal(body)) }]);
    }
    let (name, default) = body.split_once(',').map_or((body, None), |(name, default)| (name, Some(default)));
    let default = default.and_then(|text| text.trim().strip_prefix('\'')?.strip_suffix('\''));
    let without = |when| Alternative { when, pieces: default.map(glob::literal) };
    Ok(match encoder.state(&ContextKey::new(name.trim())) {
        State::Hidden => vec![Alternative { when: Holds::MAYBE, pieces: Some(vec![Piece::Run]) }],
        State::Absent | State::Many(_) => vec![without(true.into())],
        State::Single { present, value } => with_or_without(present, &value, without)?,
        State::Either { is_many, single: (present, value), .. } => {
            with_or_without(Term::all([is_many.not(), present]), &value, without)?
        }
    })
}

fn with_or_without(
    present: Term,
    value: &Value,
    without: impl Fn(Holds) -> Alternative,
) -> Result<Vec<Alternative>, NotExported> {
    let set = Term::all([present, key::is_empty(value).not()]);
    let with = Alternative { when: set.clone().into(), pieces: Some(key::pieces(value)?) };
    Ok(vec![with, without(set.not().into())])
}

/// Whether any alternative matches, where `matches` tells of pieces.
pub(super) fn any(
    alternatives: Vec<Alternative>,
    mut matches: impl FnMut(&[Piece]) -> Result<Term, NotExported>,
) -> Result<Holds, NotExported> {
    let mut holds = Vec::new();
    for Alternative { when, pieces } in alternatives {
        if let Some(pieces) = pieces.filter(|_| when.may != Term::False) {
            holds.push(when.and(matches(&pieces)?.into()));
        }
    }
    Ok(Holds::any(holds))
}
