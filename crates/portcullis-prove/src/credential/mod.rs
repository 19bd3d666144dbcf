//! The kinds of credentials, each with what it says of every request that is made with it.

use std::fmt;

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
