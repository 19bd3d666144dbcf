//! A Deny on the age of MFA that says nothing of requests without MFA.

use portcullis_finding::Severity;
use portcullis_iam::condition::Presence;
use portcullis_iam::{Effect, Truth};

use crate::reading::{Flaw, LintRule, Meant, Subject, edit, question};
use crate::standing::Mfa;

pub(super) const RULE: LintRule =
    LintRule::new("mfa-by-age-alone", Severity::High, include_str!("mfa-by-age-alone.md"), look);

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    let old = [Truth::False, Truth::False, Truth::False, Truth::True];
    let denies =
        subject.asking().filter(|(_, own, profile)| own.effect == Effect::Deny && profile.states() == old);
    let flaws = denies.filter_map(|(at, statement, _)| {
        let scene = subject.user_scene(statement)?;
        let passed = [Mfa::Absent, Mfa::False]
            .into_iter()
            .find_map(|mfa| question::escapes(subject, at, &scene, mfa))?;
        let test = subject.failing_test(statement, Mfa::Absent)?;
        let better = format!("{}IfExists", test.operator.value);
        let message = format!("whoever used no MFA at all passes: `{}` is not stopped", passed.action);
        let flaw = Flaw::new(test.operator.span, message)
            .label("false when the key is absent")
            .note("`aws:MultiFactorAuthAge` is absent from every request without MFA")
            .help(format!("use `{better}`, or a second Deny with `BoolIfExists`"));
        Some(flaw.change(
            Meant::Certainly,
            format!("use `{better}`"),
            edit::presence(statement, test, Presence::IfExists),
        ))
    });
    flaws.collect()
}
