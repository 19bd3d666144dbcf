//! An exemption that is over.

use portcullis_finding::{Rule, Severity};

use crate::check::{Check, Failure, Outcome, Run, Sink};
use crate::scope::{Scope, intended};

pub(super) const CHECK: Check = Check {
    rule: Rule {
        id: "expired-exemption",
        severity: Severity::Medium,
        compliance: &[],
        page: include_str!("expired-exemption.md"),
    },
    run: Run::Snapshot(look),
};

fn look(scope: &Scope<'_>, sink: &mut Sink) {
    for exemption in scope.exemptions() {
        let outcome = if exemption.holds_at(scope.now) {
            Outcome::Pass
        } else {
            Outcome::Fail(Failure {
                severity: CHECK.rule.severity,
                message: format!(
                    "the exemption from {} ended on {} (owner: {})",
                    exemption.checks.join(", "),
                    exemption.last_day(),
                    exemption.owner
                ),
                evidence: vec![intended(exemption)],
            })
        };
        sink.take_for(exemption.principal.account(), &scope.arn_of(&exemption.principal), Ok(outcome));
    }
}
