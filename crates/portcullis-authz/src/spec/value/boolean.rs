//! `Bool`: `true` or `false` in any case; variables are supported. Anything else matches nothing.

use portcullis_iam::Request;

use crate::spec::glob::{self, Piece};
use crate::spec::holds::Holds;
use crate::spec::variable::{self, Expanded, Wildcards};

use super::Operand;

pub(super) fn equals(operand: &Operand<'_>, value: &str, request: &Request) -> Holds {
    match variable::expand(operand.text, operand.version, Wildcards::Literal, &request.context) {
        Expanded::Pieces(pieces) => {
            let (wanted, given) = (boolean(&pieces), boolean(&glob::literal(value)));
            (wanted.is_some() && wanted == given).into()
        }
        Expanded::NoValue => Holds::No,
        Expanded::Depends(key) => key,
    }
}

fn boolean(pieces: &[Piece]) -> Option<bool> {
    let spells = |word: &str| {
        let lower = pieces.iter().map(|piece| match piece {
            Piece::Literal(letter) => Some(letter.to_ascii_lowercase()),
            Piece::AnyOne | Piece::AnyRun => None,
        });
        lower.eq(word.chars().map(Some))
    };
    if spells("true") {
        Some(true)
    } else if spells("false") {
        Some(false)
    } else {
        None
    }
}
