//! A test of whether the MFA key is there, taken for a test of MFA.

use portcullis_finding::Severity;
use portcullis_iam::{Effect, Truth};

use crate::reading::{Flaw, LintRule, Profile, Subject, question};
use crate::standing::Mfa;

pub(super) const RULE: LintRule =
    LintRule::new("mfa-by-presence", Severity::High, include_str!("mfa-by-presence.md"), look);

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    let flaws = subject.asking().filter_map(|(at, statement, profile)| {
        let (what, ask): (_, fn(&Subject<'_>, usize, &_, Mfa) -> _) = match statement.effect {
            Effect::Deny if is_presence(!profile) => ("is not stopped", question::escapes),
            Effect::Allow if is_presence(profile) => ("needs no MFA", question::admits),
            Effect::Deny | Effect::Allow => return None,
        };
        let scene = subject.user_scene(statement)?;
        let passed = ask(subject, at, &scene, Mfa::False)?;
        let test = subject.failing_test(statement, Mfa::Absent)?;
        let message = format!("sessions without MFA carry the key too: `{}` {what}", passed.action);
        let flaw = Flaw::new(test.operator.span, message)
            .label("asks whether the key is there, not whether it is true")
            .note(
                "in the console and after GetSessionToken without MFA, `aws:MultiFactorAuthPresent` is false",
            );
        Some(flaw.help(match statement.effect {
            Effect::Deny => "use `BoolIfExists` with `false`: it holds for absent and for false",
            Effect::Allow => "use `Bool` with `true`",
        }))
    });
    flaws.collect()
}

/// Holds whenever the key is there.
fn is_presence(profile: Profile) -> bool {
    (profile.absent, profile.without, profile.fresh) == (Truth::False, Truth::True, Truth::True)
}
