//! What was read, what was not, and what that hides.

use std::collections::BTreeMap;
use std::fmt;

use portcullis_iam::AccountId;

use crate::dump::Dump;

/// What a snapshot was read from, and what is missing: the origin of everything unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// One entry per account and dump, then per dump of the organization, then what is never in a dump.
    pub entries: Vec<Entry>,
}

/// How well one subject is covered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Whose it is.
    pub scope: Scope,
    /// What it is about.
    pub subject: Subject,
    /// How well it was read.
    pub state: State,
    /// How many of the things that were looked for were found, where they can be counted: device lists of users.
    pub share: Option<Share>,
    /// Why it is not [`State::Present`], or what was odd, in the order of the files.
    pub problems: Vec<Problem>,
}

/// Whose dump it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// The snapshot as a whole.
    Snapshot,
    /// The organization.
    Organization,
    /// One account.
    Account(AccountId),
}

/// What an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// One kind of dump.
    Dump(Dump),
    /// The policies of the organization, when the snapshot holds no organization.
    OrganizationPolicies,
    /// The MFA settings of IAM Identity Center, which no IAM call tells.
    IdentityCenter,
    /// Service-specific credentials and bearer tokens, which the credential report leaves out.
    ServiceSpecificCredentials,
}

/// How well a subject is covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// Read completely.
    Present,
    /// Read in part: further pages, rows or files are missing.
    Partial,
    /// There is no file.
    Missing,
    /// There is a file, but it could not be read, or AWS refused the call.
    Unreadable,
    /// Outside what a snapshot holds.
    NotAssessed,
}

/// A count out of a total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// How many were found.
    pub found: usize,
    /// How many were looked for.
    pub wanted: usize,
}

/// What is wrong with a file, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file's path inside the snapshot; empty when the problem is that there is no file.
    pub path: Box<str>,
    /// Line and column from 1, when the problem has a place.
    pub place: Option<(u32, u32)>,
    /// What is wrong: lowercase, one line.
    pub message: Box<str>,
    /// What to do about it.
    pub hint: Option<Box<str>>,
}

impl Coverage {
    /// The entry for `subject` of `scope`.
    pub fn entry(&self, scope: Scope, subject: Subject) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.scope == scope && entry.subject == subject)
    }

    /// Everything that was to be read and was not read completely.
    pub fn incomplete(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| match entry.state {
            State::Partial | State::Missing | State::Unreadable => true,
            State::Present | State::NotAssessed => false,
        })
    }

    /// For each kind of dump of an account: in how many accounts it was read completely, out of all accounts.
    pub fn shares(&self) -> BTreeMap<Dump, Share> {
        let mut shares = BTreeMap::new();
        for entry in &self.entries {
            if let (Scope::Account(_), Subject::Dump(dump)) = (entry.scope, entry.subject) {
                let share: &mut Share = shares.entry(dump).or_insert(Share { found: 0, wanted: 0 });
                share.wanted += 1;
                share.found += usize::from(entry.state == State::Present);
            }
        }
        shares
    }
}

impl Subject {
    /// The subject's stable name: the dump's file, or a word.
    pub fn name(self) -> &'static str {
        match self {
            Subject::Dump(dump) => dump.file_name(),
            Subject::OrganizationPolicies => "organization-policies",
            Subject::IdentityCenter => "identity-center",
            Subject::ServiceSpecificCredentials => "service-specific-credentials",
        }
    }

    /// What cannot be said without it.
    pub fn decides(self) -> &'static str {
        match self {
            Subject::Dump(dump) => dump.decides(),
            Subject::OrganizationPolicies => "what service and resource control policies deny",
            Subject::IdentityCenter => "whether IAM Identity Center asks its users for MFA",
            Subject::ServiceSpecificCredentials => {
                "who has service-specific credentials (Git passwords, API keys of single services)"
            }
        }
    }
}

impl State {
    /// The state's stable name.
    pub fn name(self) -> &'static str {
        match self {
            State::Present => "present",
            State::Partial => "partial",
            State::Missing => "missing",
            State::Unreadable => "unreadable",
            State::NotAssessed => "not-assessed",
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Scope::Snapshot => f.write_str("snapshot"),
            Scope::Organization => f.write_str("organization"),
            Scope::Account(id) => write!(f, "{id}"),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            f.write_str(&self.path)?;
            if let Some((line, column)) = self.place {
                write!(f, ":{line}:{column}")?;
            }
            f.write_str(": ")?;
        }
        f.write_str(&self.message)
    }
}
