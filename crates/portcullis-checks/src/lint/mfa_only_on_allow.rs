//! MFA asked for by an Allow alone: any other Allow gets round it.

use portcullis_finding::Severity;
use portcullis_iam::{Effect, PolicyKind};

use crate::reading::{Flaw, LintRule, Subject, question};
use crate::standing::Mfa;

pub(super) const RULE: LintRule =
    LintRule::new("mfa-only-on-allow", Severity::Low, include_str!("mfa-only-on-allow.md"), look);

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    if subject.is_for_roles() {
        return Vec::new();
    }
    let allows =
        subject.asking().filter(|(_, own, profile)| own.effect == Effect::Allow && profile.asks_by_allow());
    let mut weak = Vec::new();
    let mut flaws = Vec::new();
    for (at, statement, _) in allows {
        let Some(scene) = subject.user_scene(statement) else { continue };
        let Some(test) = subject.failing_test(statement, Mfa::Absent) else { continue };
        let around = [Mfa::Absent, Mfa::False]
            .into_iter()
            .find_map(|mfa| question::passes_otherwise(subject, at, &scene, mfa));
        match around {
            Some(door) => flaws.push(bypassed(test.key_span, &door.action)),
            None if question::would_pass(subject, at, &scene) => weak.push(test.key_span),
            None => {}
        }
    }
    let is_sole = matches!(subject.document.kind, PolicyKind::Identity | PolicyKind::Group);
    if let (true, true, Some(span)) = (is_sole, flaws.is_empty(), weak.first()) {
        flaws.push(unguarded(*span, &weak));
    }
    flaws
}

/// Another Allow is there.
fn bypassed(span: portcullis_iam::Span, action: &str) -> Flaw {
    Flaw::new(span, format!("another Allow lets `{action}` pass without MFA"))
        .severity(Severity::High)
        .note("Allows add up: a condition on one of them takes nothing from the others")
        .help("put the condition on the other Allow too, or deny without MFA by `BoolIfExists`")
}

/// Another Allow may be anywhere.
fn unguarded(span: portcullis_iam::Span, all: &[portcullis_iam::Span]) -> Flaw {
    let flaw =
        Flaw::new(span, "MFA is asked for by Allows alone: any other Allow of the same user gets round it");
    let flaw = flaw.help("deny without MFA by `BoolIfExists`: a Deny holds whatever else is allowed");
    all.iter().skip(1).fold(flaw, |flaw, span| flaw.related(*span, "here too"))
}
