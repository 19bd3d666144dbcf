//! A user who may take off what asks for MFA, without MFA.

use portcullis_finding::{Rule, Severity};
use portcullis_prove::CredentialKind;

use crate::check::{Check, Failure, Outcome, Run};
use crate::compliance;
use crate::hidden::Hidden;
use crate::proofs::Said;
use crate::scope::UserScope;
use crate::usable;

pub(super) const CHECK: Check = Check {
    rule: Rule {
        id: "could-disarm-mfa",
        severity: Severity::High,
        compliance: compliance::MFA_ENFORCED,
        page: include_str!("could-disarm-mfa.md"),
    },
    run: Run::User(look),
};

fn look(scope: &UserScope<'_>) -> Result<Outcome, Hidden> {
    let (whole, user) = (scope.within.scope, &scope.user.arn);
    let refuted = match whole.proofs.say(CHECK.rule.id, user) {
        Said::Nothing => return Ok(Outcome::NotApplicable),
        Said::Proved => return Ok(Outcome::Pass),
        Said::Undecided(hidden) => return Err(hidden),
        Said::Refuted(refuted) => refuted,
    };
    let kinds: Vec<CredentialKind> = refuted.iter().filter_map(|proven| proven.kind()).collect();
    let worst =
        refuted.iter().max_by_key(|proven| proven.severity()).and_then(|own| Some((*own, own.flaw()?)));
    let Some((proven, flaw)) = worst else { return Ok(Outcome::NotApplicable) };
    let action = flaw.steps.last().map(|step| step.request.action.to_string()).unwrap_or_default();
    let with: Vec<String> = kinds.iter().map(ToString::to_string).collect();
    let usable = usable::with(scope.user, &kinds);
    let mut evidence = proven.evidence(whole.snapshot, user);
    evidence.push(scope.reported(usable.as_str()));
    Ok(Outcome::Fail(Failure {
        severity: usable::weighed(flaw.severity.min(CHECK.rule.severity), usable),
        message: format!("may disarm MFA by {action} with {}", with.join(" or ")),
        evidence,
    }))
}
