//! What a decision says.

use std::collections::BTreeSet;

use portcullis_iam::{ContextKey, Gap};

/// AWS's three decisions, from the most open to the most closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Decision {
    /// `allowed`.
    Allowed,
    /// `implicitDeny`: nothing allows it, or a layer that must allow it does not.
    ImplicitDeny,
    /// `explicitDeny`: a Deny statement matches.
    ExplicitDeny,
}

/// The decisions that are possible, given what is unknown. Never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Outcomes(u8);

/// Whether the request passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Access {
    /// It passes, whatever is unknown.
    Allowed,
    /// It does not pass, whatever is unknown.
    Denied,
    /// It depends on what is unknown.
    Undetermined,
}

/// What is unknown and could change the decision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unsettled {
    /// Condition keys whose state would settle the decision.
    pub keys: BTreeSet<ContextKey>,
    /// Policies that could not be read.
    pub gaps: BTreeSet<Gap>,
}

/// The answer to one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Every decision that is possible.
    pub outcomes: Outcomes,
    /// What would settle it; empty when one decision alone is possible.
    pub unsettled: Unsettled,
}

impl Outcomes {
    /// One decision alone is possible.
    pub fn only(decision: Decision) -> Self {
        Self(Self::bit(decision))
    }

    /// The decisions of either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether `decision` is possible.
    pub fn contains(self, decision: Decision) -> bool {
        self.0 & Self::bit(decision) != 0
    }

    /// The most closed decision that is possible: the one to act on.
    pub fn fail_closed(self) -> Decision {
        if self.contains(Decision::ExplicitDeny) {
            Decision::ExplicitDeny
        } else if self.contains(Decision::ImplicitDeny) {
            Decision::ImplicitDeny
        } else {
            Decision::Allowed
        }
    }

    /// Whether exactly one decision is possible.
    pub fn is_settled(self) -> bool {
        self.0.count_ones() == 1
    }

    fn bit(decision: Decision) -> u8 {
        match decision {
            Decision::Allowed => 1,
            Decision::ImplicitDeny => 2,
            Decision::ExplicitDeny => 4,
        }
    }
}

impl Answer {
    /// The answer when nothing unknown matters.
    pub fn settled(decision: Decision) -> Self {
        Self { outcomes: Outcomes::only(decision), unsettled: Unsettled::default() }
    }

    /// The most closed decision that is possible.
    pub fn decision(&self) -> Decision {
        self.outcomes.fail_closed()
    }

    /// Whether the request passes.
    pub fn access(&self) -> Access {
        let denied =
            self.outcomes.contains(Decision::ImplicitDeny) || self.outcomes.contains(Decision::ExplicitDeny);
        match (self.outcomes.contains(Decision::Allowed), denied) {
            (true, true) => Access::Undetermined,
            (true, false) => Access::Allowed,
            (false, _) => Access::Denied,
        }
    }
}
