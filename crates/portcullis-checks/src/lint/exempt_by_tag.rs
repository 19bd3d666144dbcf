//! A Deny without MFA that spares whoever has a tag, when tags are anybody's to set.

use portcullis_finding::Severity;
use portcullis_iam::condition::Condition;
use portcullis_iam::{Effect, Statement};

use crate::reading::broad::covers;
use crate::reading::{Flaw, LintRule, Subject};

pub(super) const RULE: LintRule =
    LintRule::new("exempt-by-tag", Severity::Medium, include_str!("exempt-by-tag.md"), look);

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    let documents = subject.companions.iter().filter_map(|document| document.parsed.policy.as_ref());
    let all = documents.chain([subject.policy]).flat_map(|policy| &policy.statements);
    if all.into_iter().any(keeps_tags) {
        return Vec::new();
    }
    let guards = subject.guards().filter(|(_, statement, _)| !statement.conditions.iter().any(names_one));
    let tests = guards.flat_map(|(_, statement, _)| &statement.conditions).filter(|test| is_exemption(test));
    tests.map(flaw).collect()
}

/// Whether whoever has the tag is spared.
fn is_exemption(test: &Condition) -> bool {
    test.key.as_str().starts_with("aws:principaltag/") && test.operator.value.test.is_negated()
}

/// Whether the condition pins the exemption to principals besides.
fn names_one(test: &Condition) -> bool {
    test.key.as_str() == "aws:principalarn" && test.operator.value.test.is_negated()
}

/// Whether the statement keeps people from setting tags of users.
fn keeps_tags(statement: &Statement) -> bool {
    let tagging = |pattern: &str| covers(pattern, "iam:TagUser");
    statement.effect == Effect::Deny
        && statement.action.polarity == portcullis_iam::Polarity::Only
        && statement.action.patterns.iter().any(|pattern| tagging(&pattern.value))
        && !statement.conditions.iter().any(crate::reading::profile::is_mfa)
}

fn flaw(test: &Condition) -> Flaw {
    Flaw::new(test.key_span, "spares whoever has this tag, and nothing here keeps people from setting it")
        .label("`iam:TagUser` gives the exemption")
        .note("a user who may tag users makes himself exempt, and nobody sees a policy change")
        .help("name the exempt principals by ARN, or deny `iam:TagUser` and `iam:UntagUser` for the tag")
}
