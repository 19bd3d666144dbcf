//! An element that AWS accepts although it cannot mean what was written.

use portcullis_finding::Severity;
use portcullis_iam::Tier;

use crate::reading::{Flaw, LintRule, Subject, problems};

pub(super) const RULE: LintRule =
    LintRule::new("policy-suspect", Severity::Low, include_str!("policy-suspect.md"), look);

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    let doubtful = problems::of_no_rule(subject).filter(|problem| problem.tier == Tier::Suspicious);
    doubtful.map(problems::flaw).collect()
}
