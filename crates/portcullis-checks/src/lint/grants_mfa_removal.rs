//! Self-service that lets users remove their device without MFA.

use portcullis_finding::Severity;

use crate::reading::alone::{Alone, WITHOUT};
use crate::reading::self_service::Target;
use crate::reading::{Flaw, LintRule, Subject};

pub(super) const RULE: LintRule =
    LintRule::new("grants-mfa-removal", Severity::High, include_str!("grants-mfa-removal.md"), look);

const REMOVE: &str = "iam:DeactivateMFADevice";

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    let Some(alone) = Alone::new(subject, "user/alice") else { return Vec::new() };
    // Who may give himself any permission without MFA needs no removal: that is another flaw, and meant.
    let is_administrator = alone.is_open("iam:PutUserPolicy", Target::Own, &WITHOUT);
    if is_administrator || !alone.is_open(REMOVE, Target::Own, &WITHOUT) {
        return Vec::new();
    }
    let Some(grant) = alone.grant(REMOVE, Target::Own, &WITHOUT) else { return Vec::new() };
    let others = alone.is_open(REMOVE, Target::OtherUser, &WITHOUT);
    let whose = if others { "anybody's" } else { "the user's own" };
    let flaw = Flaw::new(grant.action.span, format!("lets whoever has no MFA take {whose} device off"))
        .label("granted without MFA")
        .note("whoever holds the password or a key takes the device off, and enrols one of his own")
        .help("grant it with \"Bool\": {\"aws:MultiFactorAuthPresent\": \"true\"}, or deny it without MFA");
    vec![flaw.related(grant.statement.span, "by this statement")]
}
