//! `ArnEquals` and `ArnLike`: six parts, each compared apart; the sixth keeps its colons.

use crate::smtlib::NotExported;
use crate::smtlib::encoder::Encoder;
use crate::smtlib::glob::{self, Piece};
use crate::smtlib::key::{self, Value};
use crate::smtlib::term::{Holds, Term};
use crate::smtlib::variable::{self, Wildcards};

use super::Operand;

/// `otherwise` is the answer when operand or value is no ARN.
pub(super) fn like(
    encoder: &mut Encoder<'_>,
    operand: &Operand<'_>,
    value: &Value,
    otherwise: &Holds,
) -> Result<Holds, NotExported> {
    let subject = key::text(value)?;
    let is_arn = encoder.script.name(Term::new(format!("(str.in_re {subject} {})", key::ARN)));
    let mut holds = Vec::new();
    for alternative in variable::expand(encoder, operand.text, operand.version, Wildcards::Apply)? {
        let Some(pieces) = alternative.pieces else { continue };
        if alternative.when == Holds::MAYBE {
            return Err(NotExported("a hidden variable in an ARN".into()));
        }
        let matches = if is_arn_pattern(&pieces)? {
            let compared = Term::all([is_arn.clone(), compare(&pieces, &subject)?]);
            Holds::from(compared).or(Holds::from(is_arn.clone().not()).and(otherwise.clone()))
        } else {
            otherwise.clone()
        };
        holds.push(alternative.when.and(matches));
    }
    Ok(Holds::any(holds))
}

/// Whether the pattern has six parts, the first of which can be `arn`.
fn is_arn_pattern(pattern: &[Piece]) -> Result<bool, NotExported> {
    let mut parts = pattern.splitn(6, |piece| *piece == Piece::Literal(':'));
    let first = parts.next().unwrap_or_default();
    let rest: Vec<_> = parts.collect();
    let shifts = |part: &&[Piece]| part.iter().any(|piece| matches!(piece, Piece::Value(_)));
    if shifts(&first) || rest.iter().take(4).any(shifts) || (rest.len() < 5 && rest.iter().any(shifts)) {
        return Err(NotExported("a variable before the last part of an ARN".into()));
    }
    Ok(rest.len() == 5 && matches_arn(first))
}

/// Whether a pattern without values covers `arn`.
fn matches_arn(pattern: &[Piece]) -> bool {
    let mut reached = [true, false, false, false];
    for piece in pattern {
        let before = reached;
        let step = |from: usize| {
            let letter = ['a', 'r', 'n'].get(from).copied();
            let is_here = before.get(from).copied().unwrap_or_default();
            is_here && (*piece == Piece::One || letter.is_some_and(|letter| *piece == Piece::Literal(letter)))
        };
        reached = if *piece == Piece::Run {
            let first = before.iter().position(|reached| *reached).unwrap_or(4);
            [0, 1, 2, 3].map(|at| first <= at)
        } else {
            [false, step(0), step(1), step(2)]
        };
    }
    let [.., whole] = reached;
    whole
}

/// Wildcards of the first five parts stand for no colon.
fn compare(pattern: &[Piece], subject: &str) -> Result<Term, NotExported> {
    glob::matches_by(pattern, subject, &|pattern, index| {
        let colons = pattern.iter().take(index).filter(|piece| **piece == Piece::Literal(':')).count();
        if colons < 5 { ("no-colon", "(re.* no-colon)") } else { ("re.allchar", "any") }
    })
}
