//! A Deny whose list lets people without MFA remove MFA.

use portcullis_finding::Severity;

use crate::reading::self_service::Target::{self, OtherUser, Own, OwnDevice};
use crate::reading::{Flaw, LintRule, Subject, broad, edit};

pub(super) const RULE: LintRule =
    LintRule::new("exempts-mfa-removal", Severity::High, include_str!("exempts-mfa-removal.md"), look);

const REMOVAL: [(&str, Target); 3] = [
    ("iam:DeactivateMFADevice", Own),
    ("iam:DeactivateMFADevice", OtherUser),
    ("iam:DeleteVirtualMFADevice", OwnDevice),
];

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    let Some(broad) = broad::of(subject) else { return Vec::new() };
    let exempt = broad.exempt(subject, &REMOVAL);
    let grouped = broad::by_pattern(&exempt).into_iter();
    let own = grouped.filter(|(pattern, _)| !broad::is_reported_as_administration(*pattern));
    let flaws = own.map(|(pattern, actions)| {
        let span = pattern.map_or(broad.key(subject), |pattern| pattern.span);
        let flaw = Flaw::new(span, format!("open without MFA: {}", edit::list(&actions)));
        let flaw = flaw.label("spared by the Deny");
        if actions.contains(&"iam:DeactivateMFADevice") {
            return flaw
                .note("whoever holds the password or a key takes the device off, and enrols one of his own")
                .help("leave it out: a user with MFA is not denied it");
        }
        flaw.severity(Severity::Low)
            .note("a device in use cannot be deleted; of an unused one the seed is lost")
            .help("leave it out: an administrator deletes what a half-finished enrolment leaves")
    });
    flaws.collect()
}
