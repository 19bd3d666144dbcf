//! A test of MFA that always holds, or never.

use portcullis_finding::Severity;
use portcullis_iam::{Effect, Truth};

use crate::reading::{Flaw, LintRule, Subject};

pub(super) const RULE: LintRule =
    LintRule::new("mfa-decides-nothing", Severity::High, include_str!("mfa-decides-nothing.md"), look);

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    let flaws = subject.asking().filter_map(|(_, statement, profile)| {
        let is = |truth| profile.states().iter().all(|state| *state == truth);
        let message = match (statement.effect, is(Truth::True), is(Truth::False)) {
            (Effect::Deny, true, _) => "denies with MFA too: the test of MFA always holds",
            (Effect::Deny, _, true) => "denies nothing: the test of MFA never holds",
            (Effect::Allow, true, _) => "allows without MFA too: the test of MFA always holds",
            (Effect::Allow, _, true) => "allows nothing: the test of MFA never holds",
            (Effect::Deny | Effect::Allow, false, false) => return None,
        };
        let test = statement.conditions.iter().find(|test| crate::reading::profile::is_mfa(test))?;
        let flaw = Flaw::new(test.key_span, message);
        Some(flaw.help("the key is absent, `false` or `true`: compare it with `true` or `false` by `Bool`"))
    });
    flaws.collect()
}
