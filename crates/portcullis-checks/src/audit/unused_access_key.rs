//! An access key that nobody uses.

use portcullis_finding::{Rule, Severity};
use portcullis_snapshot::{AccessKey, LastUse};

use crate::check::{Check, Outcome, Run};
use crate::compliance;
use crate::hidden::{Hidden, known};
use crate::keys;
use crate::scope::UserScope;

pub(super) const CHECK: Check = Check {
    rule: Rule {
        id: "unused-access-key",
        severity: Severity::Medium,
        compliance: compliance::UNUSED,
        page: include_str!("unused-access-key.md"),
    },
    run: Run::User(look),
};

/// Days without use after which a credential counts as unused, as in the CIS benchmarks.
pub(super) const UNUSED_DAYS: i64 = 45;

fn look(scope: &UserScope<'_>) -> Result<Outcome, Hidden> {
    let active = keys::active(scope)?;
    keys::flawed(scope, &CHECK.rule, &active, |key| reason(scope, key))
}

/// Why the key counts as unused, when it does.
fn reason(scope: &UserScope<'_>, key: &AccessKey) -> Result<Option<String>, Hidden> {
    let as_of = scope.as_of();
    match key.last_used {
        LastUse::At(at) => {
            let days = as_of.days_since(at);
            Ok((UNUSED_DAYS <= days).then(|| format!("was last used {days} days ago")))
        }
        LastUse::NeverSinceTracked => {
            let made = known(keys::rotated(key))?;
            let days = as_of.days_since(made);
            Ok((UNUSED_DAYS <= days).then(|| format!("was made {days} days ago and never used")))
        }
        LastUse::Unknown => Err(keys::no_field()),
    }
}
