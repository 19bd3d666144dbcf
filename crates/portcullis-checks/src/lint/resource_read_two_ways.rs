//! A resource pattern that can be read in two ways.

use portcullis_finding::Severity;

use crate::reading::{Flaw, LintRule, Subject, problems};

pub(super) const RULE: LintRule =
    LintRule::new("resource-read-two-ways", Severity::Low, include_str!("resource-read-two-ways.md"), look);

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    problems::of_rule(subject, RULE.rule.id).map(problems::flaw).collect()
}
