//! A user's standing: whether MFA is asked for, which the prover says of all requests, and how far a credential without
//! it reaches, which is asked on a fixed list of telling actions.

mod asker;
mod book;
mod candidates;
mod context;
mod door;
mod settle;

use std::fmt;

use portcullis_finding::{Evidence, Severity};
use portcullis_iam::Arn;
use portcullis_prove::{CredentialKind, Step};

use crate::hidden::Hidden;
use crate::reading::self_service;

pub(crate) use asker::administers;
pub use book::Book;
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
    /// Everything that is allowed asks for MFA, but for self-service: it is proved.
    Enforced,
    /// Something is allowed without MFA: there is a request.
    Open(Opening),
    /// It could not be decided.
    Unknown(Hidden),
}

/// What is allowed without MFA.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// With an access key: the MFA key is absent.
    pub by_key: Option<Reach>,
    /// With a session that was made without MFA: the MFA key is false.
    pub by_session: Option<Reach>,
    /// With what is made of the two, where neither reaches anything itself.
    pub other: Option<Reach>,
    /// How much of what is allowed with MFA that is.
    pub extent: Extent,
    /// The user of whose requests the evidence speaks: to others who are judged alike the same is allowed.
    pub of: Arn,
    /// A request that is allowed, the statements that allow it, and those that should have stopped it.
    pub evidence: Vec<Evidence>,
}

/// How far a credential without MFA reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// How much can be done.
    pub power: Power,
    /// What is called, as the end of `may call …`.
    pub call: Box<str>,
}

/// How much can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Power {
    /// Nothing but what other users do to enrol.
    Enrolment,
    /// Something, such as what a service user does with one bucket.
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
    /// Requests with a credential of this kind only, which is made of a key or a session.
    Only(CredentialKind),
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
    pub fn of_key(&self) -> Option<&Reach> {
        [&self.other, &self.by_session, &self.by_key].into_iter().flatten().max_by_key(|reach| reach.power)
    }
}

impl Reach {
    /// How far the request of a step reaches.
    fn new(power: Power, step: &Step) -> Self {
        let action = &step.request.action;
        let is_enrolment = power == Power::Narrow && self_service::is(action.as_str());
        let power = if is_enrolment { Power::Enrolment } else { power };
        let call = if step.is_hypothetical() {
            format!("actions that AWS may yet add, such as {action},")
        } else if is_enrolment {
            format!("{action} for other users")
        } else {
            action.to_string()
        };
        Self { power, call: call.into() }
    }
}

impl Power {
    /// How much is done by a request whose passing is so bad.
    fn of_severity(severity: Severity) -> Self {
        match severity {
            Severity::Critical => Power::Administrator,
            Severity::High => Power::Broad,
            Severity::Medium | Severity::Low => Power::Narrow,
        }
    }
}

impl fmt::Display for Reach {
    /// What can be done, as the end of `may …`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.power {
            Power::Administrator => f.write_str("administer the account"),
            Power::Broad | Power::Narrow | Power::Enrolment => write!(f, "call {}", self.call),
        }
    }
}
