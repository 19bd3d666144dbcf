//! `Resource` and `NotResource`. IAM: reference_policies_elements_resource, reference_policies_elements_notresource.

use portcullis_iam::policy::Clause;
use portcullis_iam::{Polarity, Request, Version};

use super::glob::{self, Piece};
use super::holds::Holds;
use super::variable::{self, Expanded, Wildcards};

/// What a pattern of fewer than six segments means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ShortArns {
    /// The missing segments may be anything: policies of the caller.
    Completed,
    /// What it says: policies of accounts and resources.
    AsWritten,
}

/// Whether the element covers the request's resource. `NotResource` covers everything but what it lists.
pub(super) fn covers(clause: &Clause, short: ShortArns, version: Version, request: &Request) -> Holds {
    let listed =
        Holds::any(clause.patterns.iter().map(|pattern| matches(&pattern.value, short, version, request)));
    match clause.polarity {
        Polarity::Only => listed,
        Polarity::Except => listed.not(),
    }
}

/// "A resource that includes a policy variable with no value will not match any resource."
fn matches(pattern: &str, short: ShortArns, version: Version, request: &Request) -> Holds {
    let resource = &request.resource;
    match variable::expand(pattern, version, Wildcards::Apply, &request.context) {
        Expanded::Pieces(pieces) => {
            (matches_arn(&pieces, resource) || matches_arn(&completed(&pieces, short), resource)).into()
        }
        Expanded::NoValue => Holds::No,
        // The unknown value may hold colons.
        Expanded::Depends { on, at_most } => {
            let could_match =
                glob::matches(&at_most, resource) || glob::matches(&completed(&at_most, short), resource);
            on.and(could_match.into())
        }
    }
}

/// The pattern with its missing segments, where the layer completes them.
fn completed(pattern: &[Piece], short: ShortArns) -> Vec<Piece> {
    let segments = pattern.split(|piece| *piece == Piece::Literal(':')).count();
    let missing = if short == ShortArns::Completed { SEGMENTS.saturating_sub(segments) } else { 0 };
    let completion = (0..missing).flat_map(|_| [Piece::Literal(':'), Piece::AnyRun]);
    pattern.iter().copied().chain(completion).collect()
}

/// "You can use wildcard characters within the individual segments of an ARN. If the `*` wildcard is the last
/// character of a resource ARN segment, it can expand to match beyond the colon boundaries."
///
/// So in the first five segments a wildcard stands for no colon, unless it is a `*` that ends its segment; in the
/// sixth, which keeps its own colons, it stands for anything.
fn matches_arn(pattern: &[Piece], resource: &str) -> bool {
    glob::matches_where(pattern, resource, |index, character| {
        character != ':' || in_last_segment(pattern, index) || ends_segment(pattern, index)
    })
}

fn in_last_segment(pattern: &[Piece], index: usize) -> bool {
    pattern.iter().take(index).filter(|piece| **piece == Piece::Literal(':')).count() >= 5
}

fn ends_segment(pattern: &[Piece], index: usize) -> bool {
    pattern.get(index) == Some(&Piece::AnyRun)
        && matches!(pattern.get(index + 1), None | Some(Piece::Literal(':')))
}

/// `arn:partition:service:region:account:resource`.
const SEGMENTS: usize = 6;
