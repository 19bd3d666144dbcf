//! A user who signs in to the console with a password alone.

use portcullis_finding::{Rule, Severity};

use crate::check::{Check, Failure, Outcome, Run};
use crate::compliance;
use crate::hidden::{Hidden, known};
use crate::scope::UserScope;
use crate::standing::{Enforcement, Power};

pub(super) const CHECK: Check = Check {
    rule: Rule {
        id: "console-without-mfa",
        severity: Severity::High,
        compliance: compliance::CONSOLE_MFA,
        page: include_str!("console-without-mfa.md"),
    },
    run: Run::User(look),
};

fn look(scope: &UserScope<'_>) -> Result<Outcome, Hidden> {
    if !known(scope.user.has_password())? {
        return Ok(Outcome::NotApplicable);
    }
    if known(scope.user.mfa.active)? {
        return Ok(Outcome::Pass);
    }
    let (severity, message) = exposure(&scope.standing.enforcement);
    let evidence = vec![scope.reported("password_enabled is true"), scope.reported("mfa_active is false")];
    Ok(Outcome::Fail(Failure { severity, message, evidence }))
}

/// How bad it is, by what a session without MFA may do.
fn exposure(enforcement: &Enforcement) -> (Severity, String) {
    match enforcement {
        Enforcement::NoAccess => {
            (Severity::Low, "has a password and no MFA device, but may do nothing".to_owned())
        }
        Enforcement::Enforced => (Severity::Medium, ENFORCED.to_owned()),
        Enforcement::Unknown(why) => {
            (CHECK.rule.severity, format!("signs in with a password alone; what it may do is unknown: {why}"))
        }
        Enforcement::Open(opening) => {
            let Some(reach) = &opening.by_session else { return (Severity::Medium, ENFORCED.to_owned()) };
            let severity = match reach.power {
                Power::Administrator => Severity::Critical,
                Power::Broad => Severity::High,
                Power::Narrow | Power::Enrolment => Severity::Medium,
            };
            (severity, format!("signs in with a password alone, and may {reach}"))
        }
    }
}

const ENFORCED: &str =
    "has no MFA device yet: may enrol one and do nothing else, and so may whoever learns the password";
