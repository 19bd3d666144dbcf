//! A user's standing: what it may do with and without MFA, decided on a fixed list of telling actions.
//!
//! This is a look at some forty doors, not a proof that all are closed: a list is only as good as its entries.
//! Each door is tried in the three states of `aws:MultiFactorAuthPresent` that a user's own requests come in:
//! absent (access keys), false (a session without MFA), true (a session with MFA).

mod book;
mod candidates;
mod context;
mod door;
mod judge;
mod prepared;
mod settle;
mod witness;

use std::fmt;

use portcullis_finding::Evidence;

use crate::hidden::Hidden;

pub use book::Book;
pub(crate) use book::administers;
pub(crate) use candidates::Candidates;
pub(crate) use context::{Mfa, context, is_open, stranger};
pub(crate) use settle::{Passage, passage};

/// What a user may do with and without MFA.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Whether the user administers the account, once it has signed in with MFA.
    pub administrator: Result<bool, Hidden>,
    /// Whether MFA is asked for.
    pub enforcement: Enforcement,
}

/// Whether MFA is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Enforcement {
    /// Nothing is allowed, with or without MFA.
    NoAccess,
    /// Everything that is allowed asks for MFA, but for self-service.
    Enforced,
    /// Something is allowed without MFA.
    Open(Opening),
    /// It depends on what is unknown.
    Unknown(Hidden),
}

/// What is allowed without MFA.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// With an access key: the MFA key is absent.
    pub by_key: Reach,
    /// With a session that was made without MFA: the MFA key is false.
    pub by_session: Reach,
    /// How much of what is allowed with MFA that is.
    pub extent: Extent,
    /// A request that is allowed, and the statements that allow it.
    pub evidence: Vec<Evidence>,
}

/// How far a credential without MFA reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// How much can be done.
    pub power: Power,
    /// The telling actions that are allowed, the worst first.
    pub actions: Vec<Box<str>>,
}

/// How much can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Power {
    /// Nothing but self-service.
    Nothing,
    /// Only what the user's own policies name, such as one bucket of a service user.
    Narrow,
    /// Telling actions on resources in general.
    Broad,
    /// Some action with which the user can give itself, or take over, any permission.
    Administrator,
}

/// How much of what is allowed with MFA is allowed without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Extent {
    /// All of it: nothing asks for MFA.
    Everything,
    /// Requests of access keys only: the enforcement does not see that the key is absent.
    KeysOnly,
    /// Requests of sessions without MFA only: the enforcement sees absent keys and no others.
    SessionsOnly,
    /// Some of it: the enforcement leaves out these actions.
    Part,
}

impl Standing {
    /// Nothing can be said, because of `hidden`.
    pub fn unknown(hidden: Hidden) -> Self {
        Self { administrator: Err(hidden.clone()), enforcement: Enforcement::Unknown(hidden) }
    }
}

impl Opening {
    /// How far whoever holds an access key reaches: it can make a session without MFA of it, by GetSessionToken.
    pub fn of_key(&self) -> &Reach {
        if self.by_key.power < self.by_session.power { &self.by_session } else { &self.by_key }
    }
}

impl fmt::Display for Reach {
    /// What can be done, as the end of `may …`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.power == Power::Administrator {
            return f.write_str("administer the account");
        }
        let shown: Vec<&str> = self.actions.iter().take(SHOWN).map(AsRef::as_ref).collect();
        write!(f, "call {}", shown.join(", "))?;
        match self.actions.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}

/// How many actions a message names.
const SHOWN: usize = 2;
