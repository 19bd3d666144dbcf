//! What is asked: is there a request that these policies let through?

use portcullis_iam::{Caller, Credential, PolicySet};

use crate::area::Area;
use crate::facts::Facts;

/// What all requests in question have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Who calls.
    pub caller: Caller,
    /// With which credential.
    pub credential: Credential,
    /// What is known of the condition keys.
    pub facts: Facts,
}

/// Is there a request that is allowed?
#[derive(Clone, Copy, Debug)]
pub struct Question<'q> {
    /// The policies that must allow it.
    pub allowed: &'q PolicySet,
    /// Policies that must not allow it: what would change if these were in force.
    pub refused: Option<&'q PolicySet>,
    /// What the requests have in common.
    pub frame: &'q Frame,
    /// Only requests in one of these areas count; all do, when there is none.
    pub only: &'q [Area],
    /// Requests in one of these areas do not count.
    pub spared: &'q [Area],
}

impl<'q> Question<'q> {
    /// Is there any request that `policies` allow?
    pub fn any(policies: &'q PolicySet, frame: &'q Frame) -> Self {
        Self { allowed: policies, refused: None, frame, only: &[], spared: &[] }
    }

    /// The same among the requests in `areas`.
    #[must_use]
    pub fn only(self, areas: &'q [Area]) -> Self {
        Self { only: areas, ..self }
    }

    /// The same apart from the requests in `areas`.
    #[must_use]
    pub fn sparing(self, areas: &'q [Area]) -> Self {
        Self { spared: areas, ..self }
    }

    /// The same, where `policies` do not allow the request.
    #[must_use]
    pub fn refused_by(self, policies: &'q PolicySet) -> Self {
        Self { refused: Some(policies), ..self }
    }
}
