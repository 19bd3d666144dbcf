//! The policy of the VPC endpoint that a request goes through.

use portcullis_iam::{PolicySet, Request};

use super::resource::vote_of;
use super::{LayerKind, Vote, bounded};

/// It must allow, and may deny; whom it names, it names for both. (In the policy of a gateway endpoint, an account's
/// id means its root user alone. Nothing in a request tells a gateway endpoint from an interface endpoint.)
pub(super) fn vote(request: &Request, policies: &PolicySet) -> Vote {
    let Some(layer) = &policies.endpoint else { return Vote::ABSTAIN };
    let vote = vote_of(LayerKind::Endpoint, layer, request, bounded(request, policies));
    Vote { allow: vote.allow(), deny: vote.deny }
}
