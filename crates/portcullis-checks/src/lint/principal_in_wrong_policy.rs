//! A principal in a policy that cannot name any.

use portcullis_finding::Severity;

use crate::reading::{Flaw, LintRule, Subject, problems};

pub(super) const RULE: LintRule = LintRule::new(
    "principal-in-wrong-policy",
    Severity::High,
    include_str!("principal-in-wrong-policy.md"),
    look,
);

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    problems::of_rule(subject, RULE.rule.id).map(problems::flaw).collect()
}
