//! A policy that AWS refuses.

use portcullis_finding::Severity;
use portcullis_iam::Tier;

use crate::reading::{Flaw, LintRule, Subject, problems};

pub(super) const RULE: LintRule =
    LintRule::new("policy-refused", Severity::High, include_str!("policy-refused.md"), look);

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    let refused = problems::of_no_rule(subject).filter(|problem| problem.tier == Tier::Rejected);
    refused.map(problems::flaw).collect()
}
