//! `Bool`: `true` or `false` in any case; variables are supported. Anything else matches nothing.

use crate::smtlib::encoder::Encoder;
use crate::smtlib::key::{self, Value};
use crate::smtlib::term::{Holds, Term};
use crate::smtlib::variable::{self, Wildcards};
use crate::smtlib::{NotExported, glob};

use super::Operand;
use super::text::matches_ignoring_case;

pub(super) fn equals(
    encoder: &mut Encoder<'_>,
    operand: &Operand<'_>,
    value: &Value,
) -> Result<Holds, NotExported> {
    let alternatives = variable::expand(encoder, operand.text, operand.version, Wildcards::Literal)?;
    let mut holds = Vec::new();
    for word in ["true", "false"] {
        let is_word = Holds::from(is(value, word)?);
        let wanted = variable::any(alternatives.clone(), |pieces| said(pieces, word))?;
        holds.push(is_word.and(wanted));
    }
    Ok(Holds::any(holds))
}

/// Whether `pieces` say `word`.
fn said(pieces: &[glob::Piece], word: &str) -> Result<Term, NotExported> {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            glob::Piece::Literal(letter) => text.push(*letter),
            glob::Piece::One => text.push('?'),
            // Only what is hidden is a run here.
            glob::Piece::Run => return Ok(Term::True),
            glob::Piece::Value(name) if pieces.len() == 1 => {
                return matches_ignoring_case(&glob::literal(word), name);
            }
            glob::Piece::Value(_) => return Err(NotExported("a variable within a Boolean".into())),
        }
    }
    Ok(text.eq_ignore_ascii_case(word).into())
}

/// Whether the value is `word`, in any case.
fn is(value: &Value, word: &str) -> Result<Term, NotExported> {
    match value {
        Value::Constant(text) => Ok(text.eq_ignore_ascii_case(word).into()),
        Value::Boolean(name) => {
            Ok(if word == "true" { Term::new(&**name) } else { Term::new(&**name).not() })
        }
        Value::Text(name) => matches_ignoring_case(&glob::literal(word), name),
        // No number, date or address is a Boolean.
        Value::Number(_) | Value::Instant(_) | Value::Address(_) => {
            key::text(value).map(|_| Term::False).or(Ok(Term::False))
        }
    }
}
