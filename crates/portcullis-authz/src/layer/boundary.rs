//! The permissions boundary of the user or role; it binds whom identity policies bind.

use portcullis_iam::{PolicySet, Request};

use super::{LayerKind, Vote};

pub(super) fn vote(request: &Request, policies: &PolicySet) -> Vote {
    match &policies.boundary {
        Some(layer) => super::vote(LayerKind::Boundary, layer, request),
        None => Vote::ABSTAIN,
    }
}
