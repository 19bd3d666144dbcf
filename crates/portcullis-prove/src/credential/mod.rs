//! The kinds of credentials, each with what it says of every request that is made with it.

mod access_key;
mod base;
mod console;
pub(crate) mod federation_token;
pub(crate) mod forwarded;
mod role;
mod session_token;
pub(crate) mod sign_in;

use std::fmt;

use portcullis_snapshot::Known;

pub use base::Base;

use crate::question::Frame;
use portcullis_snapshot::Who;

/// A kind of credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CredentialKind {
    /// An access key of a user: the MFA key is absent.
    AccessKey,
    /// A console session that was signed in to with the password alone: false.
    Console,
    /// Temporary credentials from GetSessionToken without a code: false.
    SessionToken,
    /// A federated session that the user makes with GetFederationToken: absent.
    FederationToken,
    /// A session from `aws login` whose sign-in was without MFA: false.
    SignIn,
    /// A call that a service makes for the user after a call without MFA: false or absent.
    Forwarded,
    /// A console session that was signed in to with MFA.
    ConsoleWithMfa,
    /// Temporary credentials from GetSessionToken with a code.
    SessionTokenWithMfa,
    /// A session of a role: false or absent.
    RoleSession,
    /// The root user, whatever the credential.
    Root,
}

impl CredentialKind {
    /// Every kind that a user can have without MFA.
    pub const WITHOUT_MFA: [CredentialKind; 6] = [
        CredentialKind::AccessKey,
        CredentialKind::Console,
        CredentialKind::SessionToken,
        CredentialKind::FederationToken,
        CredentialKind::SignIn,
        CredentialKind::Forwarded,
    ];

    /// What all requests with a credential of this kind have in common, one frame for each state of the keys that it can
    /// be in. None for federated sessions and forwarded calls, which depend on a first call.
    pub fn frames(self, base: &Base) -> Vec<Frame> {
        match self {
            CredentialKind::AccessKey => access_key::frames(base),
            CredentialKind::Console => console::without_mfa(base),
            CredentialKind::SessionToken => session_token::without_mfa(base),
            CredentialKind::SignIn => sign_in::frames(base),
            CredentialKind::ConsoleWithMfa => console::with_mfa(base),
            CredentialKind::SessionTokenWithMfa => session_token::with_mfa(base),
            CredentialKind::RoleSession => role::frames(base),
            CredentialKind::Root => role::root(base),
            CredentialKind::FederationToken | CredentialKind::Forwarded => Vec::new(),
        }
    }

    /// Its stable name.
    pub fn id(self) -> &'static str {
        match self {
            CredentialKind::AccessKey => "access-key",
            CredentialKind::Console => "console-without-mfa",
            CredentialKind::SessionToken => "session-token-without-mfa",
            CredentialKind::FederationToken => "federation-token",
            CredentialKind::SignIn => "aws-login-without-mfa",
            CredentialKind::Forwarded => "forwarded-call",
            CredentialKind::ConsoleWithMfa => "console-with-mfa",
            CredentialKind::SessionTokenWithMfa => "session-token-with-mfa",
            CredentialKind::RoleSession => "role-session",
            CredentialKind::Root => "root",
        }
    }
}

/// Whether the principal holds such a credential today, or can make one of what it holds.
pub fn holds(kind: CredentialKind, who: Who<'_>) -> Known<bool> {
    let user = match who {
        Who::User(user) => user,
        Who::Role(_) | Who::Root => return Known::Fact(true),
    };
    let (key, password) = (user.has_active_key(), user.has_password());
    match kind {
        CredentialKind::AccessKey | CredentialKind::SessionToken | CredentialKind::FederationToken => key,
        CredentialKind::Console | CredentialKind::SignIn => password,
        CredentialKind::Forwarded => either(key, password),
        CredentialKind::ConsoleWithMfa => both(password, user.mfa.active),
        CredentialKind::SessionTokenWithMfa => both(key, user.mfa.active),
        CredentialKind::RoleSession | CredentialKind::Root => Known::Fact(false),
    }
}

fn either(one: Known<bool>, other: Known<bool>) -> Known<bool> {
    match (one, other) {
        (Known::Fact(true), _) | (_, Known::Fact(true)) => Known::Fact(true),
        (Known::Fact(false), rest) | (rest @ Known::Unknown(_), Known::Fact(false) | Known::Unknown(_)) => {
            rest
        }
    }
}

fn both(one: Known<bool>, other: Known<bool>) -> Known<bool> {
    either(one.map(|held| !held), other.map(|held| !held)).map(|lacking| !lacking)
}

impl fmt::Display for CredentialKind {
    /// In words, as the end of `with …`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            CredentialKind::AccessKey => "an access key",
            CredentialKind::Console => "a console session without MFA",
            CredentialKind::SessionToken => "a GetSessionToken session without MFA",
            CredentialKind::FederationToken => "a GetFederationToken session",
            CredentialKind::SignIn => "an `aws login` session without MFA",
            CredentialKind::Forwarded => "a call that a service forwards",
            CredentialKind::ConsoleWithMfa => "a console session with MFA",
            CredentialKind::SessionTokenWithMfa => "a GetSessionToken session with MFA",
            CredentialKind::RoleSession => "a role session",
            CredentialKind::Root => "the root user's credentials",
        })
    }
}
