//! A request that proves a door open.

use portcullis_authz::{Access, Explanation, decide, explain};
use portcullis_iam::catalog::catalog;
use portcullis_iam::{PolicySet, Request};

/// A concrete request that the evaluator has confirmed.
///
/// There is no other constructor than [`Witness::confirm`].
#[derive(Clone, Debug, PartialEq)]
pub struct Witness {
    request: Request,
}

impl Witness {
    /// `request`, if the evaluator says that `allowed` let it pass for certain and `refused` do not.
    pub fn confirm(request: Request, allowed: &PolicySet, refused: Option<&PolicySet>) -> Option<Self> {
        let passes = decide(&request, allowed).access() == Access::Allowed;
        let refused = refused.is_none_or(|policies| decide(&request, policies).access() == Access::Denied);
        (passes && refused).then_some(Self { request })
    }

    /// The request.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// Whether the catalogue does not know the action: AWS may add such a one.
    pub fn is_hypothetical(&self) -> bool {
        catalog().action(&self.request.action).is_none()
    }

    /// Why `policies` decide it as they do.
    pub fn explain(&self, policies: &PolicySet) -> Explanation {
        explain(&self.request, policies)
    }
}
