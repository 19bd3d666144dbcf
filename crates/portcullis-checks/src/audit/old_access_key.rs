//! An access key that was not changed for a long time.

use portcullis_finding::{Rule, Severity};

use crate::check::{Check, Outcome, Run};
use crate::compliance;
use crate::hidden::{Hidden, known};
use crate::keys;
use crate::scope::UserScope;

pub(super) const CHECK: Check = Check {
    rule: Rule {
        id: "old-access-key",
        severity: Severity::Medium,
        compliance: compliance::KEY_AGE,
        page: include_str!("old-access-key.md"),
    },
    run: Run::User(look),
};

/// Days after which a key must be changed, as in the CIS benchmarks.
const MAX_AGE_DAYS: i64 = 90;

fn look(scope: &UserScope<'_>) -> Result<Outcome, Hidden> {
    let active = keys::active(scope)?;
    keys::flawed(scope, &CHECK.rule, &active, |key| {
        let days = scope.as_of().days_since(known(keys::rotated(key))?);
        Ok((MAX_AGE_DAYS < days).then(|| format!("is {days} days old")))
    })
}
