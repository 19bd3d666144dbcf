//! What is true of a generated trail: what was planted, never what an evaluator says.

use std::collections::{BTreeMap, BTreeSet};

use portcullis_iam::Timestamp;
use serde::{Deserialize, Serialize};

/// What is true of a trail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Truth {
    /// The organization's id.
    pub organization: String,
    /// The first instant of the span.
    pub from: String,
    /// The instant at which it ends, which it does not include.
    pub until: String,
    /// The records.
    pub records: Records,
    /// The files.
    pub files: Files,
    /// Every user that made a call, by ARN.
    pub users: BTreeMap<String, User>,
}

/// How many records there are of each kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Records {
    /// Distinct events of which at least one record can be read.
    pub distinct: u64,
    /// Records that can be read and tell of an event that another one tells of: the second deliveries.
    pub delivered_again: u64,
    /// Objects in lists of records that are no records of requests, by reason: `no record`, `insight`, `network activity`,
    /// and lines that are no JSON: `malformed`.
    pub skipped: BTreeMap<String, u64>,
    /// Records that are cut by the damage of a file or lie behind it, so that nothing reads them. None of their events is
    /// delivered again, and none counts anywhere else.
    pub lost: u64,
    /// Records that can be read and lie before the damage of a file: they are among the distinct ones.
    pub before_damage: u64,
    /// Readable records of each `eventVersion`; the empty one where it is missing.
    pub versions: BTreeMap<String, u64>,
    /// Distinct readable events of each `userIdentity.type`; the empty one where it is missing.
    pub identities: BTreeMap<String, u64>,
    /// Distinct readable events with an error code.
    pub failed: u64,
    /// Of these, those with an error code that says that access was denied.
    pub denied: u64,
}

/// How many files there are of each kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Files {
    /// Files of records that can be read to their ends, empty ones included.
    pub whole: u64,
    /// Files of records that cannot, by what is wrong: `truncated` (the packed data end early, within a record), `cut` (the
    /// text ends within a record), `malformed` (it is no JSON from some byte on).
    pub damaged: BTreeMap<String, u64>,
    /// Files that are skipped by their names: `digest`, `insight`, `network activity`, `other`.
    pub skipped: BTreeMap<String, u64>,
    /// The bytes of text in the files of records, before they were packed.
    pub bytes: u64,
    /// The bytes of these files as they were written.
    pub packed: u64,
}

/// What sort of user it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// A person who has a device.
    #[default]
    PersonWithDevice,
    /// A person who has none.
    PersonWithoutDevice,
    /// A job that runs on an access key.
    Automation,
    /// One for emergencies.
    BreakGlass,
}

/// What a user's distinct readable events come to under the guardrail. Each counts once, under the first that fits, in the
/// order of the fields from `no_call` to `denied`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// What sort of user it is.
    pub sort: Sort,
    /// No calls of an API: sign-ins.
    pub no_call: u64,
    /// Calls that were denied already.
    pub already_denied: u64,
    /// Calls that a service made with the user's rights.
    pub forwarded: u64,
    /// Calls with MFA.
    pub with_mfa: u64,
    /// Calls without MFA of the actions that the guardrail leaves alone.
    pub self_service: u64,
    /// Calls without MFA of a break-glass user.
    pub spared: u64,
    /// Calls that would have been denied, by IAM action.
    pub denied: BTreeMap<String, Denied>,
    /// What an automation does.
    pub job: Option<Job>,
}

/// The calls of one action that would have been denied.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Denied {
    /// How many.
    pub events: u64,
    /// The time of the first.
    pub first: String,
    /// The time of the last.
    pub last: String,
}

/// The habits of an automation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// The one address that it comes from.
    pub address: String,
    /// The one program that it is.
    pub agent: String,
    /// Seconds between two runs.
    pub period: i64,
    /// What its own readable calls use: the resources of each action.
    pub uses: BTreeMap<String, BTreeSet<String>>,
    /// What the readable calls use that services made on its behalf.
    pub forwarded: BTreeMap<String, BTreeSet<String>>,
}

/// What a call of a user comes to under the guardrail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// No call of an API.
    NoCall,
    /// Denied already.
    AlreadyDenied,
    /// Made by a service with the user's rights.
    Forwarded,
    /// Made with MFA.
    WithMfa,
    /// Of an action that the guardrail leaves alone.
    SelfService,
    /// Made by a break-glass user.
    Spared,
    /// Would have been denied.
    Denied,
}

impl User {
    /// Counts one event.
    pub fn count(&mut self, fate: Fate, action: &str, at: Timestamp) {
        let number = match fate {
            Fate::NoCall => &mut self.no_call,
            Fate::AlreadyDenied => &mut self.already_denied,
            Fate::Forwarded => &mut self.forwarded,
            Fate::WithMfa => &mut self.with_mfa,
            Fate::SelfService => &mut self.self_service,
            Fate::Spared => &mut self.spared,
            Fate::Denied => return self.deny(action, &at.to_string()),
        };
        *number += 1;
    }

    fn deny(&mut self, action: &str, at: &str) {
        let denied = self.denied.entry(action.to_owned()).or_default();
        denied.events += 1;
        if denied.first.is_empty() || at < denied.first.as_str() {
            at.clone_into(&mut denied.first);
        }
        if denied.last.as_str() < at {
            at.clone_into(&mut denied.last);
        }
    }

    /// How many events there are.
    pub fn events(&self) -> u64 {
        let denied: u64 = self.denied.values().map(|denied| denied.events).sum();
        denied
            + self.no_call
            + self.already_denied
            + self.forwarded
            + self.with_mfa
            + self.self_service
            + self.spared
    }
}

impl Truth {
    /// Adds what is true of another part of the same trail. The users of two parts are different ones.
    pub fn add(&mut self, other: Truth) {
        self.records.add(other.records);
        self.files.add(other.files);
        self.users.extend(other.users);
    }

    /// The truth as JSON.
    ///
    /// # Errors
    /// Never, in fact.
    pub fn json(&self) -> serde_json::Result<Vec<u8>> {
        let mut json = serde_json::to_vec_pretty(self)?;
        json.push(b'\n');
        Ok(json)
    }
}

impl Records {
    fn add(&mut self, other: Records) {
        self.distinct += other.distinct;
        self.delivered_again += other.delivered_again;
        self.lost += other.lost;
        self.before_damage += other.before_damage;
        self.failed += other.failed;
        self.denied += other.denied;
        add(&mut self.skipped, other.skipped);
        add(&mut self.versions, other.versions);
        add(&mut self.identities, other.identities);
    }

    /// How many records can be read.
    pub fn readable(&self) -> u64 {
        self.distinct + self.delivered_again
    }
}

impl Files {
    fn add(&mut self, other: Files) {
        self.whole += other.whole;
        self.bytes += other.bytes;
        self.packed += other.packed;
        add(&mut self.damaged, other.damaged);
        add(&mut self.skipped, other.skipped);
    }
}

fn add(counts: &mut BTreeMap<String, u64>, others: BTreeMap<String, u64>) {
    for (name, count) in others {
        *counts.entry(name).or_default() += count;
    }
}

/// Counts one more of a name.
pub(crate) fn count(counts: &mut BTreeMap<String, u64>, name: &str) {
    match counts.get_mut(name) {
        Some(count) => *count += 1,
        None => drop(counts.insert(name.to_owned(), 1)),
    }
}
