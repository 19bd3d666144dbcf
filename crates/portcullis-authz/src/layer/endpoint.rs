//! The policy of the VPC endpoint that a request goes through.

use super::{NamedVote, Vote};

/// It must allow, and may deny; whom it names, it names for both. (In the policy of a gateway endpoint, an account's
/// id means its root user alone. Nothing in a request tells a gateway endpoint from an interface endpoint.)
pub(super) fn vote(vote: NamedVote) -> Vote {
    vote.whoever()
}
