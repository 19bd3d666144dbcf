//! Session policies: what was passed when a session was made.

use portcullis_iam::{Caller, Request};

use super::Vote;

/// They bind every session of an account, that of `sts:AssumeRoot` included.
pub(super) fn binds(request: &Request) -> bool {
    match request.caller {
        Caller::Anonymous | Caller::Service(_) => false,
        Caller::Root(_) | Caller::User(_) | Caller::Role(_) | Caller::FederatedUser(_) => true,
    }
}

/// A role session without session policies may do what its role may; a federated session without them, nothing.
pub(super) fn without_policies(request: &Request) -> Vote {
    match request.caller {
        Caller::FederatedUser(_) => Vote::SILENT,
        Caller::Anonymous | Caller::Service(_) | Caller::Root(_) | Caller::User(_) | Caller::Role(_) => {
            Vote::ABSTAIN
        }
    }
}
