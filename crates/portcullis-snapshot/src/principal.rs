//! Groups, roles and managed policies.

use std::sync::Arc;

use portcullis_iam::{Arn, Timestamp};

use crate::account::Account;
use crate::document::Document;
use crate::grants::Grants;
use crate::input::Origin;
use crate::known::Known;
use crate::user::User;

/// A tag of a user or role.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tag {
    /// The key, as written.
    pub key: Arc<str>,
    /// The value.
    pub value: Arc<str>,
}

/// An IAM group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// `arn:aws:iam::111111111111:group/path/developers`
    pub arn: Arn,
    /// The name, without the path.
    pub name: Arc<str>,
    /// Its policies.
    pub grants: Grants,
    /// Where it was read.
    pub origin: Origin,
}

/// An IAM role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// `arn:aws:iam::111111111111:role/path/Admin`
    pub arn: Arn,
    /// The name, without the path.
    pub name: Box<str>,
    /// The path, such as `/` or `/aws-service-role/…/`.
    pub path: Box<str>,
    /// The unique id (`AROA…`).
    pub id: Option<Box<str>>,
    /// When it was made.
    pub created: Known<Timestamp>,
    /// Its tags, sorted by key.
    pub tags: Vec<Tag>,
    /// Its trust policy.
    pub trust: Known<Arc<Document>>,
    /// The line of the dump on which the trust policy starts; 0 when unknown.
    pub trust_line: u32,
    /// Its policies.
    pub grants: Grants,
    /// When it was last assumed; a fact of none when AWS knows of no use in its tracking period.
    pub last_used: Known<Option<LastActivity>>,
    /// Where it was read.
    pub origin: Origin,
}

/// The last use of a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastActivity {
    /// When.
    pub at: Timestamp,
    /// In which Region, when told.
    pub region: Option<Box<str>>,
}

/// A managed policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManagedPolicy {
    /// Its ARN: `arn:aws:iam::aws:policy/ReadOnlyAccess`, `arn:aws:iam::111111111111:policy/mine`.
    pub arn: Arc<str>,
    /// The version in force, such as `v3`.
    pub default_version: Box<str>,
    /// The document of the version in force.
    pub document: Known<Arc<Document>>,
    /// The line of the dump on which that document starts; 0 when unknown.
    pub line: u32,
    /// Where it was read; none when it comes from the catalogue.
    pub origin: Option<Origin>,
}

impl ManagedPolicy {
    /// Whether AWS made it.
    pub fn is_of_aws(&self) -> bool {
        self.arn.contains(":iam::aws:")
    }
}

impl Role {
    /// Whether it is a service-linked role, which SCPs and RCPs do not bind.
    pub fn is_service_linked(&self) -> bool {
        self.path.starts_with("/aws-service-role/")
    }
}

/// A principal of a snapshot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Who<'s> {
    /// An IAM user.
    User(&'s User),
    /// An IAM role.
    Role(&'s Role),
    /// The root user.
    Root,
}

impl<'s> Who<'s> {
    /// The principal's ARN.
    pub fn arn(self, account: &'s Account) -> &'s Arn {
        match self {
            Who::User(user) => &user.arn,
            Who::Role(role) => &role.arn,
            Who::Root => &account.root.arn,
        }
    }
}
