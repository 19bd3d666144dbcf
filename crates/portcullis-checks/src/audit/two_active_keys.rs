//! A user with two access keys that both work.

use portcullis_finding::{Rule, Severity};

use crate::check::{Check, Failure, Outcome, Run};
use crate::hidden::Hidden;
use crate::keys;
use crate::scope::UserScope;

pub(super) const CHECK: Check = Check {
    rule: Rule {
        id: "two-active-keys",
        severity: Severity::Low,
        compliance: &[],
        page: include_str!("two-active-keys.md"),
    },
    run: Run::User(look),
};

fn look(scope: &UserScope<'_>) -> Result<Outcome, Hidden> {
    let active = keys::active(scope)?;
    Ok(match active.len() {
        0 => Outcome::NotApplicable,
        1 => Outcome::Pass,
        _ => Outcome::Fail(Failure {
            severity: CHECK.rule.severity,
            message: "both access keys are active".to_owned(),
            evidence: vec![scope.reported("access_key_1_active and access_key_2_active are true")],
        }),
    })
}
