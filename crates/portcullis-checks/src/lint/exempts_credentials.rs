//! A Deny whose list lets people without MFA make credentials.

use portcullis_finding::Severity;

use crate::reading::self_service::Target::{self, Everything, OtherUser, Own, Role};
use crate::reading::{Flaw, LintRule, Subject, broad, edit};

pub(super) const RULE: LintRule =
    LintRule::new("exempts-credentials", Severity::High, include_str!("exempts-credentials.md"), look);

const CREDENTIALS: [(&str, Target); 8] = [
    ("sts:AssumeRole", Role),
    ("sts:GetFederationToken", Everything),
    ("iam:CreateAccessKey", Own),
    ("iam:CreateAccessKey", OtherUser),
    ("iam:CreateLoginProfile", Own),
    ("iam:CreateLoginProfile", OtherUser),
    ("iam:UpdateLoginProfile", Own),
    ("iam:UpdateLoginProfile", OtherUser),
];

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    let Some(broad) = broad::of(subject) else { return Vec::new() };
    let exempt = broad.exempt(subject, &CREDENTIALS);
    let grouped = broad::by_pattern(&exempt).into_iter();
    let own = grouped.filter(|(pattern, _)| !broad::is_reported_as_administration(*pattern));
    let flaws = own.map(|(pattern, actions)| {
        let span = pattern.map_or(broad.key(subject), |pattern| pattern.span);
        let flaw = Flaw::new(span, format!("open without MFA: {}", edit::list(&actions)));
        flaw.label("spared by the Deny")
            .note(why(&actions))
            .help("leave it out: a user with MFA is not denied it")
    });
    flaws.collect()
}

fn why(actions: &[&str]) -> &'static str {
    if actions.contains(&"sts:AssumeRole") {
        return "the role's session asks for no MFA any more: what the role may do is open to a stolen key";
    }
    if actions.contains(&"sts:GetFederationToken") {
        return "the session lasts up to 36 hours, and no Deny on users by ARN or name binds it";
    }
    "whoever holds the password or a key makes himself a credential that lasts"
}
