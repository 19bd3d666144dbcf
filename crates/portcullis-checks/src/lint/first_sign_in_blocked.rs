//! A Deny without MFA that stops the change of a first password.

use portcullis_finding::Severity;
use portcullis_iam::Polarity;

use crate::reading::self_service::{ENROL, Target};
use crate::reading::{Flaw, LintRule, Meant, Subject, broad, edit, enrolment};

pub(super) const RULE: LintRule =
    LintRule::new("first-sign-in-blocked", Severity::Low, include_str!("first-sign-in-blocked.md"), look);

const CHANGE: [(&str, Target); 1] = [("iam:ChangePassword", Target::Own)];

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    let is_broad = broad::of(subject).is_some();
    if !is_broad || enrolment::stopped(subject, &ENROL).is_some() {
        return Vec::new();
    }
    let Some(stop) = enrolment::stopped(subject, &CHANGE) else { return Vec::new() };
    let flaw = Flaw::new(stop.span, "who must change the first password cannot: without MFA this denies `iam:ChangePassword`")
        .label("stops the change")
        .note("the change comes before any device can be enrolled; AWS leaves it out of its list all the same")
        .help("attach the policy after the first sign-in, or spare `iam:ChangePassword` and `iam:GetAccountPasswordPolicy`");
    let clause = &stop.statement.action;
    if clause.polarity == Polarity::Only {
        return vec![flaw];
    }
    let more = ["iam:ChangePassword", "iam:GetAccountPasswordPolicy"];
    let edits = edit::append(&subject.policy.text, clause, &more);
    vec![flaw.change(Meant::Unsure, "spare the change of a password", edits)]
}
