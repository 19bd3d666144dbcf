//! The answer to a question.

use std::collections::BTreeSet;
use std::sync::Arc;

use portcullis_authz::{LayerKind, ServiceRule};
use portcullis_iam::{ContextKey, Effect, Gap};

use crate::witness::Witness;

/// Whether there is a request such as the question asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Reach {
    /// There is none.
    Closed(Certificate),
    /// There is this one, and the evaluator has confirmed it.
    Open(Box<Witness>),
    /// It could not be decided.
    Undecided(Doubt),
}

/// Why no such request exists: for every class of actions, what closes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Certificate {
    /// In the order of the number of actions that they close, most first.
    pub closings: Vec<Closing>,
}

/// Actions that are closed for the same reason.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Closing {
    /// What closes them.
    pub by: Closer,
    /// How many actions of the catalogue.
    pub actions: usize,
    /// One of them, or an action that no catalogue knows yet.
    pub example: Box<str>,
}

/// What closes a class of actions.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Closer {
    /// This statement denies every request in question, whatever the resource and the context.
    Statement(StatementRef),
    /// No statement of this layer allows them; of an organization, at the level with this name.
    NothingAllows {
        /// The layer.
        layer: LayerKind,
        /// The level, where the layer has levels.
        level: Option<Box<str>>,
    },
    /// The service bars them.
    Service(ServiceRule),
    /// Every way to allow them is blocked by one of these statements.
    Together(Vec<StatementRef>),
    /// They do not count in this question, or the policies that must refuse them allow whatever is allowed.
    OutOfQuestion,
}

/// A statement in its policy.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StatementRef {
    /// The layer of the policy.
    pub layer: LayerKind,
    /// The level, where the layer has levels.
    pub level: Option<Box<str>>,
    /// The policy's ARN, name or place in the input.
    pub policy: Arc<str>,
    /// The statement's place in the policy, from 0.
    pub index: usize,
    /// The statement's `Sid`.
    pub sid: Option<Box<str>>,
    /// What it does.
    pub effect: Effect,
}

/// Why a question could not be decided, and what would settle it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doubt {
    /// Condition keys that are facts which nobody could read, or on which the search could not be exact.
    pub keys: BTreeSet<ContextKeyText>,
    /// Policies that could not be read, and what AWS does not document.
    pub gaps: BTreeSet<Gap>,
    /// The search used up its budget.
    pub spent: bool,
    /// The evaluator did not confirm the request that was found: a mistake of the prover.
    pub unconfirmed: bool,
}

/// The normalised text of a condition key.
pub type ContextKeyText = Box<str>;

impl Doubt {
    /// Adds what `other` doubts.
    pub fn merge(&mut self, other: Doubt) {
        self.keys.extend(other.keys);
        self.gaps.extend(other.gaps);
        self.spent |= other.spent;
        self.unconfirmed |= other.unconfirmed;
    }

    /// The doubt about a key.
    pub fn key(key: &ContextKey) -> Self {
        Self { keys: BTreeSet::from([key.as_str().into()]), ..Self::default() }
    }
}
