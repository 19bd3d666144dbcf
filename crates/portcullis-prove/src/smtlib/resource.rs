//! `Resource` and `NotResource`.

use portcullis_iam::policy::Clause;
use portcullis_iam::{Polarity, Version};

use super::NotExported;
use super::encoder::{Encoder, RESOURCE};
use super::glob::{self, Piece};
use super::term::{Holds, Term};
use super::variable::{self, Wildcards};

/// What a pattern of fewer than six segments means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ShortArns {
    /// The missing segments may be anything: policies of the caller.
    Completed,
    /// What it says: policies of accounts and resources.
    AsWritten,
}

/// Whether the element covers the resource.
pub(super) fn covers(
    encoder: &mut Encoder<'_>,
    clause: &Clause,
    short: ShortArns,
    version: Version,
) -> Result<Holds, NotExported> {
    let mut listed = Vec::new();
    for pattern in &clause.patterns {
        let alternatives = variable::expand(encoder, &pattern.value, version, Wildcards::Apply)?;
        let holds = variable::any(alternatives, |pieces| matches(pieces, short))?;
        let written = format!("{} {short:?} {version:?}", pattern.value);
        listed.push(encoder.settled(written, holds));
    }
    let listed = encoder.script.name_both(Holds::any(listed));
    Ok(match clause.polarity {
        Polarity::Only => listed,
        Polarity::Except => listed.not(),
    })
}

/// Whether the resource matches a pattern.
pub(super) fn matches(pattern: &[Piece], short: ShortArns) -> Result<Term, NotExported> {
    let as_written = glob::matches_by(pattern, RESOURCE, &characters)?;
    let completion = completion(pattern, short)?;
    if completion.is_empty() {
        return Ok(as_written);
    }
    let completed = [pattern, &completion].concat();
    Ok(Term::any([as_written, glob::matches_by(&completed, RESOURCE, &characters)?]))
}

/// The segments that are missing, where the layer completes them.
fn completion(pattern: &[Piece], short: ShortArns) -> Result<Vec<Piece>, NotExported> {
    let missing = 5usize.saturating_sub(colons(pattern));
    if short == ShortArns::AsWritten || missing == 0 {
        return Ok(Vec::new());
    }
    if pattern.iter().any(|piece| matches!(piece, Piece::Value(_))) {
        return Err(NotExported("a variable in a short ARN".into()));
    }
    Ok((0..missing).flat_map(|_| [Piece::Literal(':'), Piece::Run]).collect())
}

fn colons(pattern: &[Piece]) -> usize {
    pattern.iter().filter(|piece| **piece == Piece::Literal(':')).count()
}

/// In the first five segments a wildcard stands for no colon, unless it is a `*` that ends its segment; in the
/// sixth it stands for anything.
fn characters(pattern: &[Piece], index: usize) -> (&'static str, &'static str) {
    let in_last = colons(pattern.get(..index).unwrap_or_default()) >= 5;
    let ends = matches!(pattern.get(index + 1), None | Some(Piece::Literal(':')));
    match (in_last, ends) {
        (true, _) => ("re.allchar", "any"),
        (false, true) => ("no-colon", "any"),
        (false, false) => ("no-colon", "(re.* no-colon)"),
    }
}
