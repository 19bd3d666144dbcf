//! A user who may act without MFA.

use portcullis_finding::{Rule, Severity};

use crate::check::{Check, Failure, Outcome, Run};
use crate::compliance;
use crate::hidden::Hidden;
use crate::proofs;
use crate::scope::UserScope;
use crate::standing::{Enforcement, Extent, Reach};
use crate::usable;

pub(super) const CHECK: Check = Check {
    rule: Rule {
        id: "mfa-not-enforced",
        severity: Severity::High,
        compliance: compliance::MFA_ENFORCED,
        page: include_str!("mfa-not-enforced.md"),
    },
    run: Run::User(look),
};

fn look(scope: &UserScope<'_>) -> Result<Outcome, Hidden> {
    let opening = match &scope.standing.enforcement {
        Enforcement::NoAccess => return Ok(Outcome::NotApplicable),
        Enforcement::Enforced => return Ok(Outcome::Pass),
        Enforcement::Unknown(why) => return Err(why.clone()),
        Enforcement::Open(opening) => opening,
    };
    let Some(reach) = opening.of_key() else { return Ok(Outcome::Pass) };
    let usable = usable::of(scope.user, opening);
    let mut evidence = opening.evidence.clone();
    evidence.extend(proofs::shared(&opening.of, &scope.user.arn));
    evidence.push(scope.reported(usable.as_str()));
    let severity = usable::severity(reach.power, usable);
    Ok(Outcome::Fail(Failure { severity, message: message(opening.extent, reach), evidence }))
}

fn message(extent: Extent, reach: &Reach) -> String {
    match extent {
        Extent::Everything => format!("may {reach} without MFA: nothing asks for it"),
        Extent::KeysOnly => {
            format!("may {reach} with an access key: only sessions without MFA are refused")
        }
        Extent::SessionsOnly => {
            format!("may {reach} with a session that was made without MFA: only access keys are refused")
        }
        Extent::Only(kind) => format!("may {reach} with {kind}: only direct calls without MFA are refused"),
        Extent::Part => format!("may {reach} without MFA: what asks for MFA leaves it out"),
    }
}
