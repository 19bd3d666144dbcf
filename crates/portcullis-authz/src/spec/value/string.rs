//! `StringEquals`, `StringEqualsIgnoreCase`, `StringLike`. Variables apply to all, wildcards to the last.

use portcullis_iam::Request;

use crate::spec::glob::{self, Piece};
use crate::spec::holds::Holds;
use crate::spec::variable::{self, Expanded, Wildcards};

use super::Operand;

/// "Exact matching, case sensitive."
pub(super) fn equals(operand: &Operand<'_>, value: &str, request: &Request) -> Holds {
    compare(operand, Wildcards::Literal, request, |pieces| glob::matches(pieces, value))
}

/// "Exact matching, ignoring case": letter by letter, without any other folding.
pub(super) fn equals_ignore_case(operand: &Operand<'_>, value: &str, request: &Request) -> Holds {
    compare(operand, Wildcards::Literal, request, |pieces| {
        let letters = pieces.iter().filter_map(|piece| match piece {
            Piece::Literal(letter) => Some(*letter),
            Piece::AnyOne | Piece::AnyRun => None,
        });
        letters.flat_map(char::to_lowercase).eq(value.chars().flat_map(char::to_lowercase))
    })
}

/// "Case-sensitive matching. The values can include `*` and `?` anywhere in the string."
pub(super) fn like(operand: &Operand<'_>, value: &str, request: &Request) -> Holds {
    compare(operand, Wildcards::Apply, request, |pieces| glob::matches(pieces, value))
}

/// A variable without a value: "there is no equal or like value".
fn compare(
    operand: &Operand<'_>,
    wildcards: Wildcards,
    request: &Request,
    matches: impl Fn(&[Piece]) -> bool,
) -> Holds {
    match variable::expand(operand.text, operand.version, wildcards, &request.context) {
        Expanded::Pieces(pieces) => matches(&pieces).into(),
        Expanded::NoValue => Holds::No,
        Expanded::Depends(key) => key,
    }
}
