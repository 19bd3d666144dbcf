//! A test of MFA the wrong way round.

use portcullis_finding::Severity;
use portcullis_iam::{Effect, Truth};

use crate::reading::{Flaw, LintRule, Profile, Subject, question};
use crate::standing::Mfa;

pub(super) const RULE: LintRule =
    LintRule::new("mfa-inverted", Severity::High, include_str!("mfa-inverted.md"), look);

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    let flaws = subject.asking().filter_map(|(at, statement, profile)| {
        let scene = subject.user_scene(statement)?;
        let (message, help) = match statement.effect {
            Effect::Deny if is_for_mfa(profile) => {
                let passed = question::escapes(subject, at, &scene, Mfa::False)?;
                let message = format!("stops requests with MFA and lets `{}` pass without", passed.action);
                (message, "deny on `false` with `BoolIfExists`")
            }
            Effect::Allow if is_for_mfa(!profile) => {
                let passed = question::admits_beyond_enrolment(subject, at, &scene, Mfa::False)?;
                (
                    format!("allows `{}` without MFA, and not with it", passed.action),
                    "allow on `true` with `Bool`",
                )
            }
            Effect::Deny | Effect::Allow => return None,
        };
        let test = subject
            .failing_test(statement, if statement.effect == Effect::Deny { Mfa::False } else { Mfa::True })?;
        let span = test.values.first().map_or(test.key_span, |value| value.span);
        Some(Flaw::new(span, message).label("the wrong way round").help(help))
    });
    flaws.collect()
}

/// Holds with MFA, and not without.
fn is_for_mfa(profile: Profile) -> bool {
    profile.fresh == Truth::True && profile.without == Truth::False
}
