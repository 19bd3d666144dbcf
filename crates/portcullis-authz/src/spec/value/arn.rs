//! `ArnEquals` and `ArnLike`, which "behave identically".

use portcullis_iam::Request;

use crate::spec::glob::{self, Piece};
use crate::spec::holds::Holds;
use crate::spec::variable::{self, Expanded, Wildcards};

use super::Operand;

/// "Each of the six colon-delimited components of the ARN is checked separately and each can include wildcards."
/// The sixth keeps its colons. `otherwise` is the answer when operand or value is no ARN.
pub(super) fn like(operand: &Operand<'_>, value: &str, request: &Request, otherwise: Holds) -> Holds {
    let pieces = match variable::expand(operand.text, operand.version, Wildcards::Apply, &request.context) {
        Expanded::Pieces(pieces) => pieces,
        Expanded::NoValue => return Holds::No,
        Expanded::Depends(key) => return key,
    };
    let pattern: Vec<&[Piece]> = pieces.splitn(6, |piece| *piece == Piece::Literal(':')).collect();
    let value: Vec<&str> = value.splitn(6, ':').collect();
    if pattern.len() < 6 || value.len() < 6 || value.first() != Some(&"arn") {
        return otherwise;
    }
    pattern.iter().zip(value).all(|(part, text)| glob::matches(part, text)).into()
}
