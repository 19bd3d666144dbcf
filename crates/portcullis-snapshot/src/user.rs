//! IAM users.

use std::sync::Arc;

use portcullis_iam::{Arn, Timestamp};

use crate::credential::{AccessKey, Certificate, Password};
use crate::device::Mfa;
use crate::grants::Grants;
use crate::input::Origin;
use crate::known::Known;
use crate::principal::Tag;

/// An IAM user: what the authorization details, the credential report and the device lists tell of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// `arn:aws:iam::111111111111:user/path/alice`
    pub arn: Arn,
    /// The name, without the path.
    pub name: Box<str>,
    /// The path, such as `/` or `/staff/`.
    pub path: Box<str>,
    /// The unique id (`AIDA…`).
    pub id: Known<Box<str>>,
    /// When it was made.
    pub created: Known<Timestamp>,
    /// Its tags, sorted by key.
    pub tags: Known<Vec<Tag>>,
    /// The names of its groups.
    pub groups: Known<Vec<Arc<str>>>,
    /// Its own policies, without those of its groups.
    pub grants: Known<Grants>,
    /// Its console password; a fact of none when it has none.
    pub password: Known<Option<Password>>,
    /// Its access keys, without those that do not exist. The report tells of two at most.
    pub access_keys: Known<Vec<AccessKey>>,
    /// Its signing certificates, without those that do not exist.
    pub certificates: Known<Vec<Certificate>>,
    /// What the report says of further keys and certificates, in AWS's words.
    pub further_credentials: Option<Box<str>>,
    /// Its devices.
    pub mfa: Mfa,
    /// Its entry in the authorization details.
    pub details: Option<Origin>,
    /// Its row in the credential report.
    pub report: Option<Origin>,
}

impl User {
    /// Whether it can sign in to the console.
    pub fn has_password(&self) -> Known<bool> {
        self.password.as_ref().map(Option::is_some)
    }

    /// Whether it has an access key that can be used.
    pub fn has_active_key(&self) -> Known<bool> {
        self.access_keys.as_ref().map(|keys| keys.iter().any(|key| key.active))
    }
}
