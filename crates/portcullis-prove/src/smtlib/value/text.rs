//! `StringEquals`, `StringEqualsIgnoreCase`, `StringLike`.

use crate::smtlib::NotExported;
use crate::smtlib::encoder::Encoder;
use crate::smtlib::glob::{self, Piece};
use crate::smtlib::key::{self, Value};
use crate::smtlib::term::{Holds, Term};
use crate::smtlib::variable::{self, Wildcards};

use super::Operand;

pub(super) fn equals(
    encoder: &mut Encoder<'_>,
    operand: &Operand<'_>,
    value: &Value,
) -> Result<Holds, NotExported> {
    compare(encoder, operand, value, Wildcards::Literal)
}

pub(super) fn like(
    encoder: &mut Encoder<'_>,
    operand: &Operand<'_>,
    value: &Value,
) -> Result<Holds, NotExported> {
    compare(encoder, operand, value, Wildcards::Apply)
}

fn compare(
    encoder: &mut Encoder<'_>,
    operand: &Operand<'_>,
    value: &Value,
    wildcards: Wildcards,
) -> Result<Holds, NotExported> {
    let alternatives = variable::expand(encoder, operand.text, operand.version, wildcards)?;
    let subject = key::text(value)?;
    variable::any(alternatives, |pieces| glob::matches(pieces, &subject))
}

/// Letter by letter, each in either case.
pub(super) fn equals_ignoring_case(
    encoder: &mut Encoder<'_>,
    operand: &Operand<'_>,
    value: &Value,
) -> Result<Holds, NotExported> {
    let alternatives = variable::expand(encoder, operand.text, operand.version, Wildcards::Literal)?;
    let subject = key::text(value)?;
    variable::any(alternatives, |pieces| matches_ignoring_case(pieces, &subject))
}

/// Whether the string term `subject` is the text of `pieces` in any case; a `*` is any run.
pub(super) fn matches_ignoring_case(pieces: &[Piece], subject: &str) -> Result<Term, NotExported> {
    let mut parts = Vec::new();
    for piece in pieces {
        parts.push(match piece {
            Piece::Literal(letter) => letter_ignoring_case(*letter),
            Piece::One => "re.allchar".to_owned(),
            Piece::Run => "any".to_owned(),
            Piece::Value(_) => return Err(NotExported("a variable compared in any case".into())),
        });
    }
    Ok(Term::new(match parts.as_slice() {
        [] => format!("(= {subject} \"\")"),
        [only] => format!("(str.in_re {subject} {only})"),
        _ => format!("(str.in_re {subject} (re.++ {}))", parts.join(" ")),
    }))
}

fn letter_ignoring_case(letter: char) -> String {
    let lower: String = letter.to_lowercase().collect();
    let upper = lower.to_uppercase();
    let one = |text: &str| format!("(str.to_re {})", glob::quoted(text));
    // Only a letter whose upper case goes back to it is the same letter: `ß` and `SS` are not.
    if lower == upper || upper.to_lowercase() != lower || upper.chars().count() != 1 {
        return one(&lower);
    }
    format!("(re.union {} {})", one(&lower), one(&upper))
}
