//! Values of a policy as the evaluator reads them: text, wildcards and variables.

use crate::pattern::{Part, Piece, Wildcards};
use crate::policy::Version;
use crate::variable::{self, Variable};

/// The pieces of `text` under a language version. A `${` that starts no variable stays in the text.
pub(super) fn pieces(text: &str, version: Version) -> Vec<Piece> {
    match version {
        Version::V2012 => variable::split(text, Wildcards::Active),
        // Without variables there are no escapes: a piece of text, wildcards aside.
        Version::V2008 => text
            .split_inclusive(['*', '?'])
            .flat_map(|piece| {
                let literal = piece.trim_end_matches(['*', '?']);
                let wildcard = piece.ends_with('*').then_some(Part::Run);
                let wildcard = wildcard.or_else(|| piece.ends_with('?').then_some(Part::One));
                [Some(Part::Text(literal.to_owned().into())), wildcard].into_iter().flatten().map(Piece::Part)
            })
            .collect(),
    }
}

/// The variables among the pieces.
pub(super) fn variables(pieces: &[Piece]) -> impl Iterator<Item = &Variable> {
    pieces.iter().filter_map(|piece| match piece {
        Piece::Variable(variable) => Some(variable),
        Piece::Part(_) => None,
    })
}

/// The literal texts among the pieces.
pub(super) fn texts(pieces: &[Piece]) -> impl Iterator<Item = &str> {
    pieces.iter().filter_map(|piece| match piece {
        Piece::Part(Part::Text(text)) => Some(text.as_ref()),
        Piece::Part(Part::One | Part::Run) | Piece::Variable(_) => None,
    })
}

/// How many colons the author wrote, those in the names of variables aside.
pub(super) fn colons(pieces: &[Piece]) -> usize {
    texts(pieces).map(|text| text.matches(':').count()).sum()
}
