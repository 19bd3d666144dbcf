//! The three-valued answer to one question, with what it depends on.

use std::collections::BTreeSet;

use portcullis_iam::{ContextKey, Gap};

use crate::decision::Unsettled;

/// Whether something holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// It holds, whatever is unknown.
    Yes,
    /// It does not hold, whatever is unknown.
    No,
    /// It depends on what is unknown.
    Depends(Unsettled),
}

impl Holds {
    /// Depends on the state of `key`.
    pub(super) fn depends_on_key(key: &ContextKey) -> Self {
        Self::Depends(Unsettled { keys: BTreeSet::from([key.clone()]), gaps: BTreeSet::new() })
    }

    /// Depends on `gap`.
    pub(super) fn depends_on_gap(gap: Gap) -> Self {
        Self::Depends(Unsettled { keys: BTreeSet::new(), gaps: BTreeSet::from([gap]) })
    }

    /// Depends on every one of `gaps`; does not hold when there is none.
    pub(super) fn depends_on_gaps(gaps: &[Gap]) -> Self {
        Self::any(gaps.iter().cloned().map(Self::depends_on_gap))
    }

    /// Holds when both hold.
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Yes, other) | (other, Self::Yes) => other,
            (Self::Depends(left), Self::Depends(right)) => Self::Depends(union(left, right)),
        }
    }

    /// Holds when either holds.
    pub(super) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Yes, _) | (_, Self::Yes) => Self::Yes,
            (Self::No, other) | (other, Self::No) => other,
            (Self::Depends(left), Self::Depends(right)) => Self::Depends(union(left, right)),
        }
    }

    /// Holds when it does not.
    pub(super) fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::Depends(unsettled) => Self::Depends(unsettled),
        }
    }

    /// Holds when all hold; holds when there is none.
    pub(super) fn all(each: impl IntoIterator<Item = Self>) -> Self {
        each.into_iter().fold(Self::Yes, Self::and)
    }

    /// Holds when any holds; does not when there is none.
    pub(super) fn any(each: impl IntoIterator<Item = Self>) -> Self {
        each.into_iter().fold(Self::No, Self::or)
    }
}

impl From<bool> for Holds {
    fn from(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

/// Everything that either depends on.
pub(super) fn union(mut left: Unsettled, right: Unsettled) -> Unsettled {
    left.keys.extend(right.keys);
    left.gaps.extend(right.gaps);
    left
}
