//! A condition key that no request carries.

use portcullis_finding::Severity;

use crate::reading::{Flaw, LintRule, Subject, problems};

pub(super) const RULE: LintRule =
    LintRule::new("unknown-condition-key", Severity::Medium, include_str!("unknown-condition-key.md"), look);

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    problems::of_rule(subject, RULE.rule.id).map(problems::flaw).collect()
}
