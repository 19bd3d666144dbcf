//! An exemption for a principal that does not exist.

use portcullis_finding::{Rule, Severity};
use portcullis_guardrail::Exemption;

use crate::check::{Check, Failure, Outcome, Run, Sink};
use crate::hidden::{Hidden, known};
use crate::scope::{Scope, intended};

pub(super) const CHECK: Check = Check {
    rule: Rule {
        id: "unmatched-exemption",
        severity: Severity::Medium,
        compliance: &[],
        page: include_str!("unmatched-exemption.md"),
    },
    run: Run::Snapshot(look),
};

fn look(scope: &Scope<'_>, sink: &mut Sink) {
    for exemption in scope.exemptions() {
        let account = exemption.principal.account();
        sink.take_for(account, &scope.arn_of(&exemption.principal), outcome(scope, exemption));
    }
}

fn outcome(scope: &Scope<'_>, exemption: &Exemption) -> Result<Outcome, Hidden> {
    let principal = &exemption.principal;
    let Some(account) = principal.account().and_then(|id| scope.snapshot.accounts.get(&id)) else {
        return Ok(elsewhere(scope, exemption));
    };
    let mut users = account.users.values().map(|user| user.arn.as_str());
    let mut roles = account.roles.values().map(|role| role.arn.as_str());
    let root = account.root.arn.as_str();
    if principal.is(root) || users.any(|arn| principal.is(arn)) || roles.any(|arn| principal.is(arn)) {
        return Ok(Outcome::Pass);
    }
    known(account.all_users)?;
    known(account.all_details)?;
    Ok(nobody(exemption, "there is no such principal, and whoever gets its name is exempt"))
}

/// The account is not in the snapshot: of another organization, or of this one and not dumped.
fn elsewhere(scope: &Scope<'_>, exemption: &Exemption) -> Outcome {
    let id = exemption.principal.account();
    let organization = scope.snapshot.organization.as_ref();
    match organization.filter(|organization| 0 < organization.members().count()) {
        Some(organization) if organization.members().all(|member| Some(member.id) != id) => {
            nobody(exemption, "its account is not in the organization")
        }
        Some(_) | None => Outcome::NotApplicable,
    }
}

fn nobody(exemption: &Exemption, why: &str) -> Outcome {
    Outcome::Fail(Failure {
        severity: CHECK.rule.severity,
        message: format!("the exemption is for nobody: {why}"),
        evidence: vec![intended(exemption)],
    })
}
