//! A password that nobody signs in with any more.

use portcullis_finding::{Rule, Severity};
use portcullis_snapshot::LastUse;

use super::unused_access_key::UNUSED_DAYS;
use crate::check::{Check, Failure, Outcome, Run};
use crate::compliance;
use crate::hidden::{Hidden, known};
use crate::keys;
use crate::scope::UserScope;

pub(super) const CHECK: Check = Check {
    rule: Rule {
        id: "unused-password",
        severity: Severity::Medium,
        compliance: compliance::UNUSED,
        page: include_str!("unused-password.md"),
    },
    run: Run::User(look),
};

fn look(scope: &UserScope<'_>) -> Result<Outcome, Hidden> {
    let Some(password) = known(scope.user.password.as_ref())? else { return Ok(Outcome::NotApplicable) };
    let last = match password.last_used {
        LastUse::At(at) => at,
        LastUse::NeverSinceTracked => return Ok(Outcome::NotApplicable),
        LastUse::Unknown => return Err(keys::no_field()),
    };
    let days = scope.as_of().days_since(last);
    if days < UNUSED_DAYS {
        return Ok(Outcome::Pass);
    }
    Ok(Outcome::Fail(Failure {
        severity: CHECK.rule.severity,
        message: format!("the password was last used {days} days ago"),
        evidence: vec![scope.reported(format!("password_last_used is {last}"))],
    }))
}
