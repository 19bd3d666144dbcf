//! Self-service that users with a path do not get.

use portcullis_finding::Severity;

use crate::reading::alone::{ANY, Alone};
use crate::reading::self_service::Target;
use crate::reading::{Flaw, LintRule, Meant, Subject, edit, own_user};

pub(super) const RULE: LintRule =
    LintRule::new("path-users-missed", Severity::Low, include_str!("path-users-missed.md"), look);

/// What users do for themselves.
const OWN: [&str; 5] =
    ["iam:EnableMFADevice", "iam:ListMFADevices", "iam:ChangePassword", "iam:CreateAccessKey", "iam:GetUser"];

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    let (plain, path) = (Alone::new(subject, "user/alice"), Alone::new(subject, "user/team/alice"));
    let (Some(plain), Some(path)) = (plain, path) else { return Vec::new() };
    let missed = OWN.iter().filter(|action| {
        plain.is_open(action, Target::Own, &ANY) && path.is_closed(action, Target::Own, &ANY)
    });
    let missed: Vec<&str> = missed.copied().collect();
    let grants = missed.iter().filter_map(|action| plain.grant(action, Target::Own, &ANY)?.resource);
    let mut spans: Vec<_> = grants.map(|pattern| pattern.span).collect();
    spans.dedup();
    let own = own_user::patterns(subject).find(|own| spans.first() == Some(&own.pattern.span));
    let Some((own, rest)) = own.zip(spans.split_first().map(|(_, rest)| rest)) else { return Vec::new() };
    let message = format!("users with a path cannot call {} on themselves", edit::list(&missed));
    let flaw = Flaw::new(own.pattern.span, message)
        .label("the ARN of a user with a path is `user/path/name`")
        .help("name `user/*/${aws:username}` too");
    let with_path = own.pattern.value.replacen(":user/", ":user/*/", 1);
    let edits = edit::split(own.text, own.clause, own.pattern, [&own.pattern.value, &with_path]);
    let flaw = rest.iter().fold(flaw, |flaw, span| flaw.related(*span, "here too"));
    vec![if rest.is_empty() {
        flaw.change(Meant::Certainly, "name the user with a path too", edits)
    } else {
        flaw
    }]
}
