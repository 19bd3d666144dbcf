//! A user with an access key that works, and without any device.

use portcullis_finding::{Rule, Severity};

use crate::check::{Check, Failure, Outcome, Run};
use crate::compliance;
use crate::hidden::{Hidden, known};
use crate::keys;
use crate::scope::UserScope;
use crate::standing::{Enforcement, Power};

pub(super) const CHECK: Check = Check {
    rule: Rule {
        id: "access-key-without-mfa",
        severity: Severity::High,
        compliance: compliance::USER_MFA,
        page: include_str!("access-key-without-mfa.md"),
    },
    run: Run::User(look),
};

fn look(scope: &UserScope<'_>) -> Result<Outcome, Hidden> {
    let active = keys::active(scope)?;
    if active.is_empty() {
        return Ok(Outcome::NotApplicable);
    }
    if known(scope.user.mfa.active)? {
        return Ok(Outcome::Pass);
    }
    let (severity, message) = exposure(&scope.standing.enforcement);
    let keys = active.iter().map(|key| scope.reported(format!("access_key_{}_active is true", key.slot)));
    let evidence = keys.chain([scope.reported("mfa_active is false")]).collect();
    Ok(Outcome::Fail(Failure { severity, message, evidence }))
}

/// How bad it is, by what whoever holds the key may do.
fn exposure(enforcement: &Enforcement) -> (Severity, String) {
    match enforcement {
        Enforcement::NoAccess => {
            (Severity::Low, "has an access key and no MFA device, but may do nothing".to_owned())
        }
        Enforcement::Enforced => (Severity::Medium, ENFORCED.to_owned()),
        Enforcement::Unknown(why) => (
            CHECK.rule.severity,
            format!("has an access key and no MFA device; what it may do is unknown: {why}"),
        ),
        Enforcement::Open(opening) => {
            let Some(reach) = opening.of_key() else { return (Severity::Medium, ENFORCED.to_owned()) };
            let severity = match reach.power {
                Power::Administrator => Severity::Critical,
                Power::Broad => Severity::High,
                Power::Enrolment => Severity::Medium,
                Power::Narrow => Severity::Low,
            };
            (severity, format!("has an access key and no MFA device, and may {reach}"))
        }
    }
}

const ENFORCED: &str =
    "has an access key and no MFA device: whoever holds the key may enrol a device and do nothing else";
