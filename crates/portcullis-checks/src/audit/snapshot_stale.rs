//! The snapshot is old, or nothing tells how old it is.

use portcullis_finding::{Evidence, Rule, Severity};

use crate::check::{Check, Failure, Outcome, Run, Sink};
use crate::hidden::Hidden;
use crate::scope::Scope;

pub(super) const CHECK: Check = Check {
    rule: Rule {
        id: "snapshot-stale",
        severity: Severity::Medium,
        compliance: &[],
        page: include_str!("snapshot-stale.md"),
    },
    run: Run::Snapshot(look),
};

/// Days after which the facts may be others by now.
const MAX_AGE_DAYS: i64 = 7;

fn look(scope: &Scope<'_>, sink: &mut Sink) {
    sink.take("snapshot", outcome(scope));
}

fn outcome(scope: &Scope<'_>) -> Result<Outcome, Hidden> {
    let nothing = Hidden::Words("nothing tells when the snapshot was taken");
    let taken = scope.snapshot.taken_at.ok_or(nothing)?.at;
    let days = scope.now.days_since(taken);
    if days < 0 && taken.seconds() - scope.now.seconds() > 3600 {
        return Err(Hidden::Words("the snapshot was taken after the time of this audit"));
    }
    if days <= MAX_AGE_DAYS {
        return Ok(Outcome::Pass);
    }
    Ok(Outcome::Fail(Failure {
        severity: CHECK.rule.severity,
        message: format!("the snapshot is {days} days old"),
        evidence: vec![Evidence::decision(format!("taken at {taken}, audited at {}", scope.now))],
    }))
}
