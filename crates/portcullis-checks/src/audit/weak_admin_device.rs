//! An administrator with nothing but an app or a telephone number.

use portcullis_finding::{Rule, Severity};

use crate::check::{Check, Failure, Outcome, Run};
use crate::devices;
use crate::hidden::{Hidden, known};
use crate::scope::UserScope;

pub(super) const CHECK: Check = Check {
    rule: Rule {
        id: "weak-admin-device",
        severity: Severity::Medium,
        compliance: &[],
        page: include_str!("weak-admin-device.md"),
    },
    run: Run::User(look),
};

fn look(scope: &UserScope<'_>) -> Result<Outcome, Hidden> {
    let mfa = &scope.user.mfa;
    if scope.standing.administrator == Ok(false) || !known(mfa.active)? {
        return Ok(Outcome::NotApplicable);
    }
    let is_strong = mfa.any(devices::is_strong);
    if is_strong.fact() == Some(&true) {
        return Ok(Outcome::Pass);
    }
    scope.standing.administrator.clone()?;
    known(is_strong)?;
    Ok(Outcome::Fail(Failure {
        severity: CHECK.rule.severity,
        message: "administers the account with MFA codes that a false sign-in page can take".to_owned(),
        evidence: vec![scope.devices()],
    }))
}
