//! A policy that is larger than AWS takes.

use portcullis_finding::Severity;

use crate::reading::{Flaw, LintRule, Subject, problems};

pub(super) const RULE: LintRule =
    LintRule::new("policy-too-large", Severity::High, include_str!("policy-too-large.md"), look);

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    problems::of_rule(subject, RULE.rule.id).map(problems::flaw).collect()
}
