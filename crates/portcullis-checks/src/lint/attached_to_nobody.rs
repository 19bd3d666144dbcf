//! A Deny without MFA that the files define and attach to nobody.

use portcullis_finding::Severity;
use portcullis_source::Attachment;

use crate::reading::{Flaw, LintRule, Subject};

pub(super) const RULE: LintRule =
    LintRule::new("attached-to-nobody", Severity::Medium, include_str!("attached-to-nobody.md"), look);

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    let first = subject.guards().next().filter(|_| subject.document.attachment == Attachment::Nobody);
    let flaws = first.map(|(_, statement, _)| {
        Flaw::new(statement.span, "asks for MFA, and is attached to nobody: nothing is enforced")
            .label("nothing in these files uses the policy")
            .help("attach it to the group of all users, or to the organization's root, OUs or accounts")
    });
    flaws.into_iter().collect()
}
