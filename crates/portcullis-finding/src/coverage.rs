//! Coverage: what was read, what was not, and how far MFA reaches.

use portcullis_iam::AccountId;

/// How complete the view was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Every account, in the order of their ids.
    pub accounts: Vec<AccountCoverage>,
    /// What was read of the organization itself.
    pub organization: Vec<Source>,
    /// What lies outside of IAM and was not assessed, in words.
    pub not_assessed: Vec<&'static str>,
}

/// How complete the view of one account was, and how far MFA reaches in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountCoverage {
    /// The account.
    pub account: AccountId,
    /// Its name, when the organization gives one.
    pub name: Option<Box<str>>,
    /// Whether it is the management account of the organization.
    pub management: bool,
    /// Users with an MFA device, of all users.
    pub with_device: Count,
    /// Users for whom MFA is enforced on every request, or who can do nothing, of all users.
    pub enforced: Count,
    /// What was read.
    pub sources: Vec<Source>,
}

/// A share of the users of an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Users for whom it holds.
    pub yes: u32,
    /// Users for whom it does not.
    pub no: u32,
    /// Users for whom it is unknown.
    pub unknown: u32,
}

/// One dump, and how well it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The stable name: the dump's file.
    pub name: &'static str,
    /// How well it was read.
    pub state: SourceState,
    /// How many of the things that were looked for were found, where they can be counted.
    pub share: Option<Share>,
    /// What is wrong or missing, each in one line, with its place.
    pub problems: Vec<Box<str>>,
    /// What cannot be said without it.
    pub decides: &'static str,
    /// The AWS CLI command that writes it.
    pub command: &'static str,
}

/// How well a dump was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SourceState {
    /// In full.
    Present,
    /// In part.
    Partial,
    /// There is no file.
    Missing,
    /// There is a file, but it could not be read.
    Unreadable,
}

/// A count out of a total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// How many were found.
    pub found: usize,
    /// How many were looked for.
    pub wanted: usize,
}

impl SourceState {
    /// The word used in every format.
    pub fn as_str(self) -> &'static str {
        match self {
            SourceState::Present => "present",
            SourceState::Partial => "partial",
            SourceState::Missing => "missing",
            SourceState::Unreadable => "unreadable",
        }
    }
}

impl Count {
    /// All users.
    pub fn total(self) -> u32 {
        self.yes.saturating_add(self.no).saturating_add(self.unknown)
    }

    /// The counts of both.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            yes: self.yes.saturating_add(other.yes),
            no: self.no.saturating_add(other.no),
            unknown: self.unknown.saturating_add(other.unknown),
        }
    }
}
