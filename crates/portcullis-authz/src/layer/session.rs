//! Session policies: what was passed when a session was made.

use portcullis_iam::{Caller, PolicySet, Request};

use super::{LayerKind, Vote};

/// They bind every session of an account, that of `sts:AssumeRoot` included.
pub(super) fn binds(request: &Request) -> bool {
    match request.caller {
        Caller::Anonymous | Caller::Service(_) => false,
        Caller::Root(_) | Caller::User(_) | Caller::Role(_) | Caller::FederatedUser(_) => true,
    }
}

/// A role session without session policies may do what its role may; a federated session without them, nothing.
pub(super) fn vote(request: &Request, policies: &PolicySet) -> Vote {
    match (&policies.session, &request.caller) {
        (Some(layer), _) => super::vote(LayerKind::Session, layer, request),
        (None, Caller::FederatedUser(_)) => Vote::SILENT,
        (
            None,
            Caller::Anonymous | Caller::Service(_) | Caller::Root(_) | Caller::User(_) | Caller::Role(_),
        ) => Vote::ABSTAIN,
    }
}
