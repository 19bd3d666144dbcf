//! One account.

use std::collections::BTreeMap;
use std::sync::Arc;

use portcullis_iam::{AccountId, Timestamp};

use crate::device::VirtualDevice;
use crate::known::Known;
use crate::principal::{Group, ManagedPolicy, Role};
use crate::root::Root;
use crate::user::User;

/// An account, as its dumps tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The account's id.
    pub id: AccountId,
    /// `aws`, `aws-cn`, `aws-us-gov`.
    pub partition: Box<str>,
    /// When the credential report was made. Only its JSON form tells.
    pub report_generated: Known<Timestamp>,
    /// The root user.
    pub root: Root,
    /// The users by name: all that any dump tells of. Whether there may be more, [`Account::all_users`] says.
    pub users: BTreeMap<Box<str>, User>,
    /// Whether `users` is the whole list.
    pub all_users: Known<()>,
    /// The groups by name.
    pub groups: BTreeMap<Arc<str>, Group>,
    /// The roles by name.
    pub roles: BTreeMap<Box<str>, Role>,
    /// The managed policies that the dump holds, by ARN: the customer's, and AWS's as far as attached.
    pub policies: BTreeMap<Arc<str>, ManagedPolicy>,
    /// Whether `groups`, `roles` and `policies` are whole.
    pub all_details: Known<()>,
    /// The virtual devices, assigned or not, sorted by serial.
    pub virtual_devices: Known<Vec<VirtualDevice>>,
    /// The password policy; a fact of none when AWS's default applies.
    pub password_policy: Known<Option<PasswordPolicy>>,
    /// The numbers of GetAccountSummary, such as `AccountMFAEnabled`.
    pub summary: Known<BTreeMap<Box<str>, i64>>,
}

/// The account's password policy. Absent numbers mean that AWS enforces nothing of the kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasswordPolicy {
    /// Characters at least, 6 to 128.
    pub minimum_length: u32,
    /// A symbol is required.
    pub require_symbols: bool,
    /// A digit is required.
    pub require_numbers: bool,
    /// An uppercase letter is required.
    pub require_uppercase: bool,
    /// A lowercase letter is required.
    pub require_lowercase: bool,
    /// Users may change their own password.
    pub users_may_change: bool,
    /// Days after which a password expires, 1 to 1095.
    pub max_age_days: Option<u32>,
    /// How many former passwords may not be used again, 1 to 24.
    pub reuse_prevention: Option<u32>,
    /// An expired password can be reset by an administrator only.
    pub hard_expiry: bool,
}
