//! The permissions boundary of the user or role.

use portcullis_iam::{PolicySet, Request};

use super::identity;
use crate::principal::Bounded;

/// It binds whom identity policies bind.
pub(super) fn binds(request: &Request) -> bool {
    identity::binds(request)
}

/// Whether the caller has a boundary that limits it.
pub(crate) fn bounded(request: &Request, policies: &PolicySet) -> Bounded {
    if policies.boundary.is_some() && binds(request) { Bounded::Yes } else { Bounded::No }
}
