//! Whether a user can walk through an opening today, and how bad that is.

use portcullis_finding::Severity;
use portcullis_prove::CredentialKind;
use portcullis_snapshot::{Known, User};

use crate::standing::{Extent, Opening, Power};

/// Whether the user has a credential today that works without MFA.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Usable {
    /// An active access key, or a password without a device.
    Now,
    /// A password with a device; a new access key would do.
    Later,
    /// None at all.
    Never,
    /// Its credentials are unknown.
    Unknown,
}

impl Usable {
    /// The same in words.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Usable::Now => "has a credential that works without MFA",
            Usable::Later => "its sign-in asks for MFA; a new access key would not",
            Usable::Never => "has neither a password nor an active access key",
            Usable::Unknown => "its credentials are unknown",
        }
    }
}

/// Whether `user` can walk through `opening` today.
pub(crate) fn of(user: &User, opening: &Opening) -> Usable {
    let with_password =
        opening.by_session.is_some() || opening.extent == Extent::Only(CredentialKind::Forwarded);
    held(user, true, with_password)
}

/// Whether `user` holds a credential of one of these kinds today, or can make one of what it holds.
pub(crate) fn with(user: &User, kinds: &[CredentialKind]) -> Usable {
    let any = |own: &[CredentialKind]| kinds.iter().any(|kind| own.contains(kind));
    held(user, any(&OF_KEYS), any(&OF_PASSWORDS))
}

/// A sign-in with a device asks for MFA: only a password alone counts.
fn held(user: &User, with_key: bool, with_password: bool) -> Usable {
    let password_alone = match (user.has_password(), user.mfa.active) {
        (Known::Fact(false), _) => Some(false),
        (Known::Fact(true), Known::Fact(device)) => Some(!device),
        (Known::Unknown(_), _) | (_, Known::Unknown(_)) => None,
    };
    let password_alone = if with_password { password_alone } else { Some(false) };
    let key = if with_key { user.has_active_key() } else { Known::Fact(false) };
    match (key, password_alone) {
        (Known::Fact(true), _) | (_, Some(true)) => Usable::Now,
        (Known::Fact(false), Some(false)) if user.has_password() == Known::Fact(false) => Usable::Never,
        (Known::Fact(false), Some(false)) => Usable::Later,
        (Known::Unknown(_), _) | (_, None) => Usable::Unknown,
    }
}

/// What is made of an access key.
const OF_KEYS: [CredentialKind; 4] = [
    CredentialKind::AccessKey,
    CredentialKind::SessionToken,
    CredentialKind::FederationToken,
    CredentialKind::Forwarded,
];

/// What is made of a password alone.
const OF_PASSWORDS: [CredentialKind; 3] =
    [CredentialKind::Console, CredentialKind::SignIn, CredentialKind::Forwarded];

/// A flaw of this severity, by whether it can be used today.
pub(crate) fn weighed(severity: Severity, usable: Usable) -> Severity {
    match usable {
        Usable::Now => severity,
        Usable::Later | Usable::Unknown => milder(severity),
        Usable::Never => milder(milder(severity)),
    }
}

/// The next milder severity.
pub(crate) fn milder(severity: Severity) -> Severity {
    match severity {
        Severity::Critical => Severity::High,
        Severity::High => Severity::Medium,
        Severity::Medium | Severity::Low => Severity::Low,
    }
}

/// How bad an opening is: by what can be done, and whether it can be done today.
pub(crate) fn severity(power: Power, usable: Usable) -> Severity {
    match (power, usable) {
        (Power::Administrator, Usable::Now) => Severity::Critical,
        (Power::Administrator, Usable::Later | Usable::Unknown) | (Power::Broad, Usable::Now) => {
            Severity::High
        }
        (Power::Administrator, Usable::Never) | (Power::Broad, Usable::Later | Usable::Unknown) => {
            Severity::Medium
        }
        (Power::Narrow | Power::Enrolment, Usable::Now) => Severity::Medium,
        (Power::Broad, Usable::Never)
        | (Power::Narrow | Power::Enrolment, Usable::Later | Usable::Never | Usable::Unknown) => {
            Severity::Low
        }
    }
}
