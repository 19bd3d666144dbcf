//! Findings.

use std::fmt;

use portcullis_iam::AccountId;

use crate::evidence::Evidence;
use crate::rule::Rule;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Low,
    /// Weakens the account.
    Medium,
    /// Lets somebody act without MFA, or keeps MFA from working.
    High,
    /// Lets somebody own the account without MFA.
    Critical,
}

/// What became of a check on one resource, where it did not simply pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// The flaw is there.
    Fail,
    /// Something that decides it could not be read. Never a pass.
    Unknown,
    /// The flaw is there, and a valid exemption accepts it.
    Exempt,
}

/// One thing that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// How bad it is here.
    pub severity: Severity,
    /// Whether it is certain, unknown or accepted.
    pub status: Status,
    /// The account; none for what belongs to no account.
    pub account: Option<AccountId>,
    /// The ARN of the resource.
    pub resource: Box<str>,
    /// The reason, as a lowercase fragment.
    pub message: Box<str>,
    /// The facts behind it.
    pub evidence: Vec<Evidence>,
}

/// The identity of a finding across runs: the rule and the resource.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FindingId(pub String);

impl Finding {
    /// The same for the same rule and resource in every run.
    pub fn id(&self) -> FindingId {
        FindingId(format!("{}@{}", self.rule.id, self.resource))
    }
}

impl Severity {
    /// Every severity, worst first.
    pub const WORST_FIRST: [Severity; 4] =
        [Severity::Critical, Severity::High, Severity::Medium, Severity::Low];

    /// The word used in every format.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Low => "low",
            Severity::Medium => "medium",
            Severity::High => "high",
            Severity::Critical => "critical",
        }
    }

    /// The severity with the name `text`.
    pub fn parse(text: &str) -> Option<Self> {
        Self::WORST_FIRST.into_iter().find(|severity| severity.as_str() == text)
    }
}

impl Status {
    /// The word used in every format.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Fail => "fail",
            Status::Unknown => "unknown",
            Status::Exempt => "exempt",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Display for FindingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
