//! A user who may act without MFA.

use portcullis_finding::{Rule, Severity};

use crate::check::{Check, Failure, Outcome, Run};
use crate::compliance;
use crate::hidden::Hidden;
use crate::scope::UserScope;
use crate::standing::{Enforcement, Extent, Opening};
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
    let usable = usable::of(scope.user, opening);
    let mut evidence = opening.evidence.clone();
    evidence.push(scope.reported(usable.as_str()));
    Ok(Outcome::Fail(Failure {
        severity: usable::severity(opening, usable),
        message: message(opening),
        evidence,
    }))
}

fn message(opening: &Opening) -> String {
    let reach = opening.of_key();
    match opening.extent {
        Extent::Everything => format!("may {reach} without MFA: nothing asks for it"),
        Extent::KeysOnly => {
            format!("may {reach} with an access key: only sessions without MFA are refused")
        }
        Extent::SessionsOnly => {
            format!("may {reach} with a session that was made without MFA: only access keys are refused")
        }
        Extent::Part => format!("may {reach} without MFA: what asks for MFA leaves it out"),
    }
}
