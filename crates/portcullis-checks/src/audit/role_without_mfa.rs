//! A role that IAM users may assume without MFA.

use portcullis_finding::{Rule, Severity};
use portcullis_snapshot::Role;

use crate::check::{Check, Failure, Outcome, Run, Sink};
use crate::compliance;
use crate::hidden::Hidden;
use crate::scope::AccountScope;
use crate::standing;
use crate::trust::{self, Entrance};

pub(super) const CHECK: Check = Check {
    rule: Rule {
        id: "role-without-mfa",
        severity: Severity::Medium,
        compliance: compliance::MFA_ENFORCED,
        page: include_str!("role-without-mfa.md"),
    },
    run: Run::Account(look),
};

fn look(scope: &AccountScope<'_>, sink: &mut Sink) {
    sink.among(("role", "roles"), scope.account.all_details);
    for role in scope.account.roles.values() {
        sink.take(role.arn.as_str(), outcome(scope, role));
    }
}

fn outcome(scope: &AccountScope<'_>, role: &Role) -> Result<Outcome, Hidden> {
    let opening = match trust::entrance(scope, role)? {
        Entrance::NotForUsers => return Ok(Outcome::NotApplicable),
        Entrance::Guarded => return Ok(Outcome::Pass),
        Entrance::Open(opening) => opening,
    };
    let administers = standing::administers(scope, role) == Ok(true);
    let severity = match (opening.anybody, administers) {
        (true, true) => Severity::Critical,
        (true, false) | (false, true) => Severity::High,
        (false, false) => CHECK.rule.severity,
    };
    let power = if administers { ", and administer the account" } else { "" };
    let message = format!("{} may assume it without MFA{power}", opening.who.join(", "));
    let mut evidence = opening.evidence;
    evidence.push(scope.scope.evidence("the role's entry", Some(role.origin)));
    Ok(Outcome::Fail(Failure { severity, message, evidence }))
}
