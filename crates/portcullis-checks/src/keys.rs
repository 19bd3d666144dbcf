//! What several checks ask of a user's access keys.

use portcullis_finding::{Rule, Severity};
use portcullis_iam::Timestamp;
use portcullis_snapshot::{AccessKey, Dump, Known, Missing, Why};

use crate::check::{Failure, Outcome};
use crate::hidden::{Hidden, known};
use crate::scope::UserScope;

/// The access keys of the user that can be used.
pub(crate) fn active<'s>(scope: &UserScope<'s>) -> Result<Vec<&'s AccessKey>, Hidden> {
    let keys = known(scope.user.access_keys.as_ref())?;
    Ok(keys.iter().filter(|key| key.active).collect())
}

/// When the key was made or last changed.
pub(crate) fn rotated(key: &AccessKey) -> Known<Timestamp> {
    match key.last_rotated {
        Some(at) => Known::Fact(at),
        None => Known::Unknown(Missing::new(Dump::CredentialReport, Why::NoField)),
    }
}

/// The report lacks the column, or has a value of no meaning.
pub(crate) fn no_field() -> Hidden {
    Hidden::Missing(Missing::new(Dump::CredentialReport, Why::NoField))
}

/// One finding for all keys of the user that have the flaw. `reason` tells the flaw of a key, when it has it.
pub(crate) fn flawed(
    scope: &UserScope<'_>,
    rule: &Rule,
    keys: &[&AccessKey],
    reason: impl Fn(&AccessKey) -> Result<Option<String>, Hidden>,
) -> Result<Outcome, Hidden> {
    if keys.is_empty() {
        return Ok(Outcome::NotApplicable);
    }
    let mut flaws = Vec::new();
    let mut hidden = None;
    for key in keys {
        match reason(key) {
            Ok(None) => {}
            Ok(Some(flaw)) => flaws.push((key.slot, flaw)),
            Err(why) => hidden = Some(why),
        }
    }
    match (flaws.is_empty(), hidden) {
        (true, Some(why)) => Err(why),
        (true, None) => Ok(Outcome::Pass),
        (false, _) => Ok(Outcome::Fail(failure(scope, rule.severity, &flaws))),
    }
}

fn failure(scope: &UserScope<'_>, severity: Severity, flaws: &[(u8, String)]) -> Failure {
    let told: Vec<_> = flaws.iter().map(|(slot, flaw)| format!("access key {slot} {flaw}")).collect();
    let evidence = told.iter().map(|fact| scope.reported(fact.as_str())).collect();
    Failure { severity, message: told.join(", "), evidence }
}
