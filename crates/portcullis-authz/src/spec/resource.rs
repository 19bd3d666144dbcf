//! `Resource` and `NotResource`. IAM: reference_policies_elements_resource, reference_policies_elements_notresource.

use portcullis_iam::policy::Clause;
use portcullis_iam::{Polarity, Request, Version};

use super::glob::{self, Piece};
use super::holds::Holds;
use super::variable::{self, Expanded, Wildcards};

/// Whether the element covers the request's resource. `NotResource` covers everything but what it lists.
pub(super) fn covers(clause: &Clause, version: Version, request: &Request) -> Holds {
    let listed = Holds::any(clause.patterns.iter().map(|pattern| matches(&pattern.value, version, request)));
    match clause.polarity {
        Polarity::Only => listed,
        Polarity::Except => listed.not(),
    }
}

/// "A resource that includes a policy variable with no value will not match any resource."
fn matches(pattern: &str, version: Version, request: &Request) -> Holds {
    match variable::expand(pattern, version, Wildcards::Apply, &request.context) {
        Expanded::Pieces(pieces) => matches_arn(&pieces, &request.resource).into(),
        Expanded::NoValue => Holds::No,
        Expanded::Depends(key) => key,
    }
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
