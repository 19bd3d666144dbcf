//! A Deny of everything but enrolment, where nothing allows enrolment.

use portcullis_finding::Severity;
use portcullis_iam::PolicyKind;

use crate::reading::alone::{Alone, WITHOUT};
use crate::reading::self_service::{ENROL, Target};
use crate::reading::{Flaw, LintRule, Subject, broad};

pub(super) const RULE: LintRule = LintRule::new(
    "self-service-not-granted",
    Severity::Low,
    include_str!("self-service-not-granted.md"),
    look,
);

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    let is_for_users =
        matches!(subject.document.kind, PolicyKind::Identity | PolicyKind::Group) && !subject.is_for_roles();
    let Some(broad) = broad::of(subject).filter(|_| is_for_users) else { return Vec::new() };
    let spared = broad.exempt(subject, &ENROL);
    // Where a list spares IAM as a whole, that is what is to be told.
    let is_meant = spared.iter().all(|exempt| !broad::is_reported_as_administration(exempt.pattern));
    if spared.len() < ENROL.len() || !is_meant || is_granted(subject) {
        return Vec::new();
    }
    let flaw = Flaw::new(
        broad.key(subject),
        "spares enrolment, and nothing in these files allows it: without a policy that does, nobody can enrol",
    );
    vec![
        flaw.label("what a Deny leaves out is not yet allowed").help(
            "allow users `iam:CreateVirtualMFADevice` on `mfa/*` and `iam:EnableMFADevice` on themselves",
        ),
    ]
}

/// Whether some policy lets a user enrol, or may do so.
fn is_granted(subject: &Subject<'_>) -> bool {
    let policies = subject.all.iter().filter_map(|other| Some((other, other.parsed.policy.as_ref()?)));
    policies.into_iter().any(|(other, policy)| {
        let other = Subject::new(other, policy, &[], subject.prover);
        let alone = Alone::new(&other, "user/alice");
        let enable = |alone: Alone<'_, '_>| !alone.is_closed("iam:EnableMFADevice", Target::Own, &WITHOUT);
        alone.is_some_and(enable)
    })
}
