//! The root user has an access key.

use portcullis_finding::{Rule, Severity};
use portcullis_snapshot::Dump;

use crate::check::{Check, Failure, Outcome, Run, Sink};
use crate::compliance;
use crate::hidden::{Hidden, known};
use crate::scope::AccountScope;

pub(super) const CHECK: Check = Check {
    rule: Rule {
        id: "root-access-key",
        severity: Severity::Critical,
        compliance: compliance::ROOT_KEY,
        page: include_str!("root-access-key.md"),
    },
    run: Run::Account(look),
};

fn look(scope: &AccountScope<'_>, sink: &mut Sink) {
    sink.take(scope.arn().as_str(), outcome(scope));
}

fn outcome(scope: &AccountScope<'_>) -> Result<Outcome, Hidden> {
    if !known(scope.account.root.has_access_key)? {
        return Ok(Outcome::Pass);
    }
    Ok(Outcome::Fail(Failure {
        severity: CHECK.rule.severity,
        message: "the root user has an access key, which never carries MFA".to_owned(),
        evidence: vec![scope.about_root("root has an access key", Dump::AccountSummary)],
    }))
}
