//! A Deny without MFA that stops people from getting MFA.

use portcullis_finding::Severity;
use portcullis_iam::Polarity;

use crate::reading::self_service::{self, AROUND, ENROL};
use crate::reading::{Flaw, LintRule, Meant, Subject, edit, enrolment};

pub(super) const RULE: LintRule =
    LintRule::new("enrolment-blocked", Severity::High, include_str!("enrolment-blocked.md"), look);

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    let Some(stop) = enrolment::stopped(subject, &ENROL) else {
        return pages(subject).into_iter().collect();
    };
    let enable = stop.actions.contains(&"iam:EnableMFADevice");
    let (what, severity) = if enable {
        ("nobody can enrol a device", Severity::High)
    } else {
        ("only security keys can be enrolled", Severity::Medium)
    };
    let flaw = Flaw::new(stop.span, format!("{what}: without MFA this denies {}", edit::list(&stop.actions)));
    let flaw = flaw
        .severity(severity)
        .label("stops enrolment")
        .help(format!("deny everything but {}, with `NotAction`", self_service::names()));
    vec![complete(subject, flaw, &stop)]
}

/// The console's own pages are stopped.
fn pages(subject: &Subject<'_>) -> Option<Flaw> {
    let stop = enrolment::stopped(subject, &PAGES)?;
    let message = format!(
        "the console's page for devices reads what this denies without MFA: {}",
        edit::list(&stop.actions)
    );
    let flaw = Flaw::new(stop.span, message).severity(Severity::Low).label("stops what the page reads");
    let flaw = flaw.help(format!("leave {} out of the Deny too", edit::list(&stop.actions)));
    Some(complete(subject, flaw, &stop))
}

/// What the page reads before a device can be added.
const PAGES: [(&str, self_service::Target); 3] = [AROUND[0], AROUND[1], AROUND[2]];

/// The flaw with the missing actions as a change, where there is a list of some.
fn complete(subject: &Subject<'_>, flaw: Flaw, stop: &enrolment::Stop<'_>) -> Flaw {
    let clause = &stop.statement.action;
    let has_list = clause.polarity == Polarity::Except
        && clause.patterns.iter().any(|pattern| self_service::is(&pattern.value));
    if !has_list {
        return flaw;
    }
    let edits = edit::append(&subject.policy.text, clause, &stop.actions);
    flaw.change(Meant::Certainly, format!("list {} too", edit::list(&stop.actions)), edits)
}
