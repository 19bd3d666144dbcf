//! The snapshot itself.

use std::collections::BTreeMap;
use std::sync::Arc;

use portcullis_iam::{AccountId, Arn, Timestamp};

use crate::account::Account;
use crate::coverage::Coverage;
use crate::input::{Input, Origin};
use crate::organization::Organization;
use crate::principal::ManagedPolicy;
use crate::user::User;

/// An organization at one instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// When it was taken; none when nothing tells.
    pub taken_at: Option<TakenAt>,
    /// The organization, when any of its dumps is there.
    pub organization: Option<Organization>,
    /// The accounts that any dump is there of, by id.
    pub accounts: BTreeMap<AccountId, Account>,
    /// AWS's managed policies that a dump refers to without holding them, from the catalogue, by ARN.
    pub aws_policies: BTreeMap<Arc<str>, ManagedPolicy>,
    /// What was read and what was not.
    pub coverage: Coverage,
    /// The files, sorted by path.
    pub inputs: Vec<Input>,
}

/// When a snapshot was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakenAt {
    /// The instant.
    pub at: Timestamp,
    /// Where it comes from.
    pub origin: TimeOrigin,
}

/// Where a snapshot's time comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeOrigin {
    /// `manifest.json`.
    Manifest,
    /// The oldest credential report that tells when it was made: this account's.
    CredentialReport(AccountId),
}

impl Snapshot {
    /// Every user of every account, in order.
    pub fn users(&self) -> impl Iterator<Item = (&Account, &User)> {
        self.accounts.values().flat_map(|account| account.users.values().map(move |user| (account, user)))
    }

    /// The account that `arn` names, when the snapshot has it.
    pub fn account_of(&self, arn: &Arn) -> Option<&Account> {
        self.accounts.get(&arn.account()?)
    }

    /// The path of the file in which something was read.
    pub fn path(&self, origin: Origin) -> Option<&str> {
        self.inputs.get(origin.input.0 as usize).map(|input| &*input.path)
    }
}
