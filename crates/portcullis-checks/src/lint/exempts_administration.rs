//! A Deny whose list lets people without MFA administer the account.

use portcullis_finding::Severity;

use crate::reading::self_service::Target::{Group, Own, Policy, Role};
use crate::reading::self_service::{self, Target};
use crate::reading::{Flaw, LintRule, Subject, broad, edit};

pub(super) const RULE: LintRule =
    LintRule::new("exempts-administration", Severity::High, include_str!("exempts-administration.md"), look);

/// With any of these a user gives itself every permission, or takes the Deny off.
const TAKEOVER: [(&str, Target); 10] = [
    ("iam:PutUserPolicy", Own),
    ("iam:AttachUserPolicy", Own),
    ("iam:DetachUserPolicy", Own),
    ("iam:DeleteUserPolicy", Own),
    ("iam:AddUserToGroup", Group),
    ("iam:RemoveUserFromGroup", Group),
    ("iam:PutGroupPolicy", Group),
    ("iam:CreatePolicyVersion", Policy),
    ("iam:AttachRolePolicy", Role),
    ("iam:UpdateAssumeRolePolicy", Role),
];

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    let Some(broad) = broad::of(subject) else { return Vec::new() };
    let exempt = broad.exempt(subject, &TAKEOVER);
    let grouped = broad::by_pattern(&exempt);
    let flaws = grouped.into_iter().map(|(pattern, actions)| {
        let span = pattern.map_or(broad.key(subject), |pattern| pattern.span);
        let message = format!("open without MFA: {}, which takes the account over", edit::list(&actions));
        Flaw::new(span, message)
            .label("spared by the Deny")
            .note("whoever may manage IAM without MFA takes the Deny off, or makes a user whom it does not bind")
            .help(format!("list what enrolment needs and no more: {}", self_service::names()))
    });
    flaws.collect()
}
