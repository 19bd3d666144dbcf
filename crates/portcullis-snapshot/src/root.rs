//! The root user of an account.

use portcullis_iam::{Arn, Timestamp};

use crate::credential::{AccessKey, Certificate, LastUse};
use crate::device::Mfa;
use crate::input::Origin;
use crate::known::Known;

/// The root user of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    /// `arn:aws:iam::111111111111:root`
    pub arn: Arn,
    /// When the account was made, as the report tells it.
    pub created: Known<Timestamp>,
    /// Whether root can sign in with a password. Members of an organization may have none.
    pub has_password: Known<bool>,
    /// When root last signed in.
    pub password_last_used: Known<LastUse>,
    /// Root's devices.
    pub mfa: Mfa,
    /// Whether root has an access key: from the account summary, else from the report.
    pub has_access_key: Known<bool>,
    /// Root's access keys, without those that do not exist.
    pub access_keys: Known<Vec<AccessKey>>,
    /// Root's signing certificates, without those that do not exist.
    pub certificates: Known<Vec<Certificate>>,
    /// Root's row in the credential report.
    pub report: Option<Origin>,
}

impl Root {
    /// Whether root has any credential to sign in or call with: a password or an access key.
    pub fn has_credentials(&self) -> Known<bool> {
        match (self.has_password, self.has_access_key) {
            (Known::Fact(true), _) | (_, Known::Fact(true)) => Known::Fact(true),
            (Known::Fact(false), Known::Fact(false)) => Known::Fact(false),
            (Known::Unknown(missing), _) | (_, Known::Unknown(missing)) => Known::Unknown(missing),
        }
    }
}
