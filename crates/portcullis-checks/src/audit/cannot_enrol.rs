//! A user without a device who is stopped on the way to one.

use portcullis_finding::{Evidence, Rule, Severity};

use crate::check::{Check, Failure, Outcome, Run};
use crate::hidden::Hidden;
use crate::proofs::{self, Proven, Said};
use crate::scope::UserScope;
use crate::standing::{Enforcement, Extent};
use crate::usable;

pub(super) const CHECK: Check = Check {
    rule: Rule {
        id: "cannot-enrol",
        severity: Severity::High,
        compliance: &[],
        page: include_str!("cannot-enrol.md"),
    },
    run: Run::User(look),
};

fn look(scope: &UserScope<'_>) -> Result<Outcome, Hidden> {
    let (whole, user) = (scope.within.scope, &scope.user.arn);
    if whole.accepting(proofs::ENFORCED, user.as_str()).is_some() {
        return Ok(Outcome::NotApplicable);
    }
    let refuted = match whole.proofs.say(CHECK.rule.id, user) {
        Said::Nothing => return Ok(Outcome::NotApplicable),
        Said::Proved => return Ok(Outcome::Pass),
        Said::Undecided(hidden) => return Err(hidden),
        Said::Refuted(refuted) => refuted,
    };
    // The console is where people enrol: its way is told first where both are blocked.
    let worst = refuted.iter().max_by_key(|proven| (proven.severity(), proven.kind()));
    let Some((proven, severity)) = worst.and_then(|own| Some((*own, own.severity()?))) else {
        return Ok(Outcome::NotApplicable);
    };
    let (severity, note) = match &scope.standing.enforcement {
        Enforcement::Open(opening) if opening.extent == Extent::Everything => {
            (usable::milder(severity), Some("nothing asks the user for MFA yet"))
        }
        Enforcement::Open(_) | Enforcement::NoAccess | Enforcement::Enforced | Enforcement::Unknown(_) => {
            (severity, None)
        }
    };
    let mut evidence = proven.evidence(whole.snapshot, user);
    evidence.extend(note.map(Evidence::decision));
    Ok(Outcome::Fail(Failure { severity, message: message(scope, proven), evidence }))
}

/// What the prover says; for a user who is judged like another, without what it says of that one's device.
fn message(scope: &UserScope<'_>, proven: &Proven<'_>) -> String {
    let said = proven.flaw().map(|flaw| &*flaw.message).unwrap_or_default();
    let of = proven.of().filter(|of| **of != scope.user.arn).map(|of| of.resource());
    let name = of.and_then(|resource| resource.rsplit('/').next());
    match (name.is_some_and(|name| said.contains(&format!("mfa/{name}"))), said.rsplit_once(": ")) {
        (true, Some((step, _))) => step.to_owned(),
        (true, None) | (false, _) => said.to_owned(),
    }
}
