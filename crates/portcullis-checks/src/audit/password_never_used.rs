//! A password that nobody ever signed in with.

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
        id: "password-never-used",
        severity: Severity::Medium,
        compliance: compliance::UNUSED,
        page: include_str!("password-never-used.md"),
    },
    run: Run::User(look),
};

fn look(scope: &UserScope<'_>) -> Result<Outcome, Hidden> {
    let Some(password) = known(scope.user.password.as_ref())? else { return Ok(Outcome::NotApplicable) };
    match password.last_used {
        LastUse::At(_) => return Ok(Outcome::Pass),
        LastUse::Unknown => return Err(keys::no_field()),
        LastUse::NeverSinceTracked => {}
    }
    // The date on which the password was set is the newer one of the two, and tells how long it lies about.
    let set = known(password.last_changed.or(scope.user.created))?;
    let days = scope.as_of().days_since(set);
    if days < UNUSED_DAYS {
        return Ok(Outcome::Pass);
    }
    Ok(Outcome::Fail(Failure {
        severity: CHECK.rule.severity,
        message: format!("the password was set {days} days ago and never used"),
        evidence: vec![scope.reported("password_last_used tells of no use")],
    }))
}
