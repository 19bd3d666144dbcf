//! A policy variable in the language version that has none.

use portcullis_finding::Severity;

use crate::reading::{Flaw, LintRule, Subject, problems};

pub(super) const RULE: LintRule = LintRule::new(
    "variable-in-old-version",
    Severity::Medium,
    include_str!("variable-in-old-version.md"),
    look,
);

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    problems::of_rule(subject, RULE.rule.id).map(problems::flaw).collect()
}
