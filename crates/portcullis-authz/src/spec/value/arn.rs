//! `ArnEquals` and `ArnLike`, which "behave identically".

use portcullis_iam::Request;

use crate::spec::glob::{self, Piece};
use crate::spec::holds::Holds;
use crate::spec::variable::{Expanded, Wildcards};

use super::Operand;

/// "Each of the six colon-delimited components of the ARN is checked separately and each can include wildcards."
/// The sixth keeps its colons. `otherwise` is the answer when operand or value is no ARN.
pub(super) fn like(operand: &Operand<'_>, value: &str, request: &Request, otherwise: Holds) -> Holds {
    let is_arn = value.starts_with("arn:") && value.splitn(6, ':').count() == 6;
    match operand.expand(Wildcards::Apply, request) {
        Expanded::NoValue => Holds::No,
        Expanded::Pieces(pieces) if is_arn && is_arn_pattern(&pieces) => compare(&pieces, value).into(),
        // The unknown value may hold colons, and shift the components.
        Expanded::Depends { on, at_most } if is_arn && glob::matches(&at_most, value) => on,
        Expanded::Depends { at_most, .. } if is_arn && is_surely_arn_pattern(&at_most) => Holds::No,
        Expanded::Pieces(_) | Expanded::Depends { .. } => otherwise,
    }
}

fn compare(pattern: &[Piece], value: &str) -> bool {
    components(pattern).iter().zip(value.splitn(6, ':')).all(|(part, text)| glob::matches(part, text))
}

/// Six components, the first of them `arn`.
fn is_arn_pattern(pattern: &[Piece]) -> bool {
    let components = components(pattern);
    components.len() == 6 && components.first().is_some_and(|first| glob::matches(first, "arn"))
}

/// Whether the pattern is an ARN's, whatever stands for its wildcards.
fn is_surely_arn_pattern(pattern: &[Piece]) -> bool {
    components(pattern).len() == 6 && pattern.starts_with(&glob::literal("arn:"))
}

fn components(pattern: &[Piece]) -> Vec<&[Piece]> {
    pattern.splitn(6, |piece| *piece == Piece::Literal(':')).collect()
}
