//! A Deny that stops sessions without MFA and not access keys.

use portcullis_finding::Severity;
use portcullis_iam::condition::Presence;
use portcullis_iam::{Effect, Truth};

use crate::reading::{Flaw, LintRule, Meant, Profile, Subject, edit, question};
use crate::standing::Mfa;

pub(super) const RULE: LintRule = LintRule::new(
    "deny-misses-access-keys",
    Severity::High,
    include_str!("deny-misses-access-keys.md"),
    look,
);

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    let denies = subject.asking().filter(|(_, own, profile)| own.effect == Effect::Deny && misses(*profile));
    let flaws = denies.filter_map(|(at, statement, _)| {
        let scene = subject.user_scene(statement)?;
        let passed = question::escapes(subject, at, &scene, Mfa::Absent)?;
        let test = subject.failing_test(statement, Mfa::Absent)?;
        let message = format!("access keys pass this Deny: `{}` is not stopped", passed.action);
        let flaw = Flaw::new(test.operator.span, message)
            .label("false when the key is absent")
            .note("a request signed with an access key carries no `aws:MultiFactorAuthPresent`")
            .help(format!("use `{}IfExists`: it holds for an absent key too", test.operator.value));
        let edits = edit::presence(statement, test, Presence::IfExists);
        Some(flaw.change(Meant::Certainly, format!("use `{}IfExists`", test.operator.value), edits))
    });
    flaws.collect()
}

fn misses(profile: Profile) -> bool {
    (profile.absent, profile.without, profile.fresh) == (Truth::False, Truth::True, Truth::False)
}
