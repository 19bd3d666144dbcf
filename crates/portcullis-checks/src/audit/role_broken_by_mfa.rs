//! A role that is denied, for lack of MFA, what it is otherwise allowed.

use portcullis_finding::{Origin, Rule, Severity};
use portcullis_snapshot::Role;

use crate::check::{Check, Failure, Outcome, Run, Sink};
use crate::hidden::Hidden;
use crate::proofs::Said;
use crate::scope::AccountScope;

pub(super) const CHECK: Check = Check {
    rule: Rule {
        id: "role-broken-by-mfa",
        severity: Severity::High,
        compliance: &[],
        page: include_str!("role-broken-by-mfa.md"),
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
    let refuted = match scope.scope.proofs.say(CHECK.rule.id, &role.arn) {
        Said::Nothing => return Ok(Outcome::NotApplicable),
        Said::Proved => return Ok(Outcome::Pass),
        Said::Undecided(hidden) => return Err(hidden),
        Said::Refuted(refuted) => refuted,
    };
    let Some((proven, flaw)) = refuted.first().and_then(|own| Some((own, own.flaw()?))) else {
        return Ok(Outcome::NotApplicable);
    };
    let action = flaw.steps.last().map(|step| step.request.action.to_string()).unwrap_or_default();
    let mut evidence = proven.evidence(scope.scope.snapshot, &role.arn);
    let by = evidence.iter().find_map(|own| match &own.origin {
        Origin::Statement { policy, .. } => policy.rsplit('/').next(),
        Origin::File { .. } | Origin::Decision | Origin::Argument => None,
    });
    let by = by.map(|policy| format!(" by {policy}")).unwrap_or_default();
    let message = format!("is denied {action}{by}, which asks for MFA: sessions of roles carry none");
    evidence.push(scope.scope.evidence("the role's entry", Some(role.origin)));
    Ok(Outcome::Fail(Failure { severity: flaw.severity, message, evidence }))
}
