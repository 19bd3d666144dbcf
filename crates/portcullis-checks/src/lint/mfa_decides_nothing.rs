//! A test of MFA that always holds, or never.

use portcullis_finding::Severity;
use portcullis_iam::policy::Clause;
use portcullis_iam::{Effect, Polarity, Span, Truth};

use crate::reading::profile::mfa_tests;
use crate::reading::{Flaw, LintRule, Subject};

pub(super) const RULE: LintRule =
    LintRule::new("mfa-decides-nothing", Severity::High, include_str!("mfa-decides-nothing.md"), look);

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    let flaws = subject.asking().filter_map(|(_, statement, profile)| {
        if let Some(nothing) = statement.resource.as_ref().and_then(leaves_out_everything) {
            let message = match statement.effect {
                Effect::Deny => "denies nothing: `NotResource` leaves out every resource",
                Effect::Allow => "allows nothing: `NotResource` leaves out every resource",
            };
            return Some(Flaw::new(nothing, message).help("name what is meant, by `Resource`"));
        }
        let test = statement.conditions.iter().find(|test| crate::reading::profile::is_mfa(test))?;
        if profile.states().contains(&Truth::Unknown) {
            let is_possible = subject.depends_on_values(mfa_tests(statement));
            return is_possible.then(|| Flaw::new(test.key_span, "the value that is asked for is unknown"));
        }
        let is = |truth| profile.states().iter().all(|state| *state == truth);
        let message = match (statement.effect, is(Truth::True), is(Truth::False)) {
            (Effect::Deny, true, _) => "denies with MFA too: the test of MFA always holds",
            (Effect::Deny, _, true) => "denies nothing: the test of MFA never holds",
            (Effect::Allow, true, _) => "allows without MFA too: the test of MFA always holds",
            (Effect::Allow, _, true) => "allows nothing: the test of MFA never holds",
            (Effect::Deny | Effect::Allow, false, false) => return None,
        };
        let flaw = Flaw::new(test.key_span, message);
        Some(flaw.help("the key is absent, `false` or `true`: compare it with `true` or `false` by `Bool`"))
    });
    flaws.collect()
}

/// The pattern of a `NotResource` that matches whatever there is.
fn leaves_out_everything(clause: &Clause) -> Option<Span> {
    let all = clause.patterns.iter().find(|pattern| &*pattern.value == "*");
    all.filter(|_| clause.polarity == Polarity::Except).map(|pattern| pattern.span)
}
