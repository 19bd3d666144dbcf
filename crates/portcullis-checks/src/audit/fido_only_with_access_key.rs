//! A user whose only devices are passkeys, with an access key that MFA enforcement stops.

use portcullis_finding::{Rule, Severity};
use portcullis_snapshot::DeviceKind;

use crate::check::{Check, Failure, Outcome, Run};
use crate::hidden::{Hidden, known};
use crate::keys;
use crate::scope::UserScope;

pub(super) const CHECK: Check = Check {
    rule: Rule {
        id: "fido-only-with-access-key",
        severity: Severity::Low,
        compliance: &[],
        page: include_str!("fido-only-with-access-key.md"),
    },
    run: Run::User(look),
};

fn look(scope: &UserScope<'_>) -> Result<Outcome, Hidden> {
    let user = scope.user;
    if keys::active(scope)?.is_empty() || !known(user.mfa.active)? {
        return Ok(Outcome::NotApplicable);
    }
    if known(user.mfa.any(DeviceKind::works_with_cli))? || !known(user.mfa.any(is_fido))? {
        return Ok(Outcome::Pass);
    }
    Ok(Outcome::Fail(Failure {
        severity: CHECK.rule.severity,
        message:
            "a passkey or security key cannot be passed to the CLI: the access key is of no use once MFA is \
                  enforced"
                .to_owned(),
        evidence: vec![scope.reported("there is an active access key"), scope.devices()],
    }))
}

fn is_fido(kind: DeviceKind) -> Option<bool> {
    match kind {
        DeviceKind::Fido => Some(true),
        DeviceKind::Virtual | DeviceKind::Hardware | DeviceKind::Sms => Some(false),
        DeviceKind::NotVirtual | DeviceKind::Unknown => None,
    }
}
