//! A pattern of the user's own ARN that matches other users too.

use portcullis_finding::Severity;
use portcullis_iam::Effect;

use crate::reading::own_user::{self, Own};
use crate::reading::{Flaw, LintRule, Meant, Subject, edit};

pub(super) const RULE: LintRule = LintRule::new(
    "pattern-matches-others",
    Severity::Medium,
    include_str!("pattern-matches-others.md"),
    look,
);

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    let own = own_user::patterns(subject).filter(|own| own.matches("user/alice") && !own.matches("user/bob"));
    own.filter_map(|own| flaw(&own)).collect()
}

fn flaw(own: &Own<'_>) -> Option<Flaw> {
    let what = match own.effect {
        Effect::Allow => "allows",
        Effect::Deny => "spares",
    };
    let how = match (own.matches("user/malice"), own.matches("user/alice2")) {
        (true, _) => "ends with",
        (false, true) => "begins with",
        (false, false) => return None,
    };
    let message = format!("{what} every user whose name {how} the caller's: `{}`", own.pattern.value);
    let flaw = Flaw::new(own.pattern.span, message)
        .label("the wildcard matches the rest of another name")
        .note("to `alice`, the user `malice` is as good as alice")
        .help(
            "name the user without a path, and with one: `user/${aws:username}` and `user/*/${aws:username}`",
        );
    let (plain, path) =
        (own.pattern.value.replace("user/*", "user/"), own.pattern.value.replace("user/*", "user/*/"));
    let edits =
        own.single_star().then(|| edit::split(own.text, own.clause, own.pattern, [&plain, &path])).flatten();
    Some(flaw.change(Meant::ForOwnUser, "name the user without and with a path", edits))
}
