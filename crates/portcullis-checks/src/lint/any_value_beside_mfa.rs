//! A condition that any value meets, beside a test of MFA.

use portcullis_finding::Severity;
use portcullis_iam::catalog::catalog;
use portcullis_iam::condition::{Condition, Presence, Test};

use crate::reading::{Flaw, LintRule, Subject, profile};

pub(super) const RULE: LintRule =
    LintRule::new("any-value-beside-mfa", Severity::Medium, include_str!("any-value-beside-mfa.md"), look);

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    let conditions = subject.guards().flat_map(|(_, statement, _)| &statement.conditions);
    conditions.filter(|condition| !profile::is_mfa(condition) && takes_any(condition)).map(flaw).collect()
}

/// Whether every value passes and an absent key does not.
fn takes_any(condition: &Condition) -> bool {
    let operator = condition.operator.value;
    operator.test == Test::StringLike
        && operator.presence == Presence::Required
        && condition
            .values
            .iter()
            .any(|value| !value.value.is_empty() && value.value.chars().all(|one| one == '*'))
}

fn flaw(condition: &Condition) -> Flaw {
    let key = condition.key.as_str();
    let info = catalog().condition_key(key);
    let name = info.map_or(key, |info| info.name);
    let is_always_there = info.and_then(|info| info.availability) == Some("every request");
    if is_always_there {
        let message = format!("asks nothing: every request carries `{name}`, and any value passes");
        return Flaw::new(condition.key_span, message)
            .severity(Severity::Low)
            .label("not a test of where a request comes from")
            .help("remove it: a request through the console looks like any other");
    }
    Flaw::new(condition.key_span, format!("spares every request without `{name}` from the Deny"))
        .label("any value passes, and an absent key does not")
        .help("remove it, or add `IfExists`")
}
