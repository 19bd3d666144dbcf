//! Passwords, access keys and signing certificates, as the credential report tells them.

use portcullis_iam::Timestamp;

use crate::known::Known;

/// A user's console password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Password {
    /// When it was last used to sign in.
    pub last_used: LastUse,
    /// When it was set. The report tells nothing of root's.
    pub last_changed: Known<Timestamp>,
    /// When it must be changed; none when it does not expire.
    pub next_rotation: Known<Option<Timestamp>>,
}

/// When a credential was last used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LastUse {
    /// At this instant.
    At(Timestamp),
    /// Never, or not since AWS keeps track (passwords: 2014-10-20; access keys: 2015-04-22).
    NeverSinceTracked,
    /// Not told: the report lacks the column or has a value of no meaning.
    Unknown,
}

/// One of the two access keys that the report tells of. Key ids are not in the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessKey {
    /// 1 or 2, as the report counts.
    pub slot: u8,
    /// Whether it can be used.
    pub active: bool,
    /// When it was made or last changed; none when the report gives `N/A`.
    pub last_rotated: Option<Timestamp>,
    /// When it last signed a request.
    pub last_used: LastUse,
    /// The Region of that request, when it had one.
    pub last_used_region: Option<Box<str>>,
    /// The service of that request.
    pub last_used_service: Option<Box<str>>,
}

/// One of the two X.509 signing certificates that the report tells of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// 1 or 2, as the report counts.
    pub slot: u8,
    /// Whether it can be used.
    pub active: bool,
    /// When it was made or last changed.
    pub last_rotated: Option<Timestamp>,
}
