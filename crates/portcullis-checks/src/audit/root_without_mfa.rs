//! The root user signs in with a password alone.

use portcullis_finding::{Rule, Severity};
use portcullis_snapshot::{Dump, Known};

use crate::check::{Check, Failure, Outcome, Run, Sink};
use crate::compliance;
use crate::hidden::{Hidden, known};
use crate::scope::AccountScope;

pub(super) const CHECK: Check = Check {
    rule: Rule {
        id: "root-without-mfa",
        severity: Severity::Critical,
        compliance: compliance::ROOT_MFA,
        page: include_str!("root-without-mfa.md"),
    },
    run: Run::Account(look),
};

fn look(scope: &AccountScope<'_>, sink: &mut Sink) {
    sink.take(scope.arn().as_str(), outcome(scope));
}

fn outcome(scope: &AccountScope<'_>) -> Result<Outcome, Hidden> {
    let root = &scope.account.root;
    let credentials = root.has_credentials();
    if credentials == Known::Fact(false) {
        return Ok(Outcome::NotApplicable);
    }
    if known(root.mfa.active)? {
        return Ok(Outcome::Pass);
    }
    if scope.root_is_managed_centrally() {
        // The root user of a member may have no credentials at all; then it has no device either.
        known(credentials)?;
    }
    Ok(Outcome::Fail(Failure {
        severity: CHECK.rule.severity,
        message: "the root user has no MFA device".to_owned(),
        evidence: vec![scope.about_root("root has no MFA device", Dump::AccountSummary)],
    }))
}
