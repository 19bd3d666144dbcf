//! What the validation of the policy language finds, as flaws of lint: found in one place, told in another.

use portcullis_iam::Problem;

use super::flaw::Flaw;
use super::subject::Subject;

/// The codes that have a rule of their own, with the rule.
const OWN: [(&str, &str); 10] = [
    ("unknown-action", "misspelt-action"),
    ("unknown-service", "misspelt-action"),
    ("action-matches-nothing", "misspelt-action"),
    ("policy-too-large", "policy-too-large"),
    ("principal-not-allowed", "principal-in-wrong-policy"),
    ("variable-in-2008", "variable-in-old-version"),
    ("resource-wildcard", "resource-read-two-ways"),
    ("unknown-key", "unknown-condition-key"),
    ("key-without-tag", "unknown-condition-key"),
    ("operator-type", "operator-of-other-type"),
];

/// The problems that `rule` tells.
pub(crate) fn of_rule<'s>(subject: &'s Subject<'_>, rule: &'static str) -> impl Iterator<Item = &'s Problem> {
    let own = move |problem: &&Problem| OWN.iter().any(|(code, by)| *code == problem.code && *by == rule);
    subject.document.parsed.problems.iter().filter(own)
}

/// The problems that no other rule tells.
pub(crate) fn of_no_rule<'s>(subject: &'s Subject<'_>) -> impl Iterator<Item = &'s Problem> {
    let has_rule = |problem: &Problem| OWN.iter().any(|(code, _)| *code == problem.code);
    subject.document.parsed.problems.iter().filter(move |problem| !has_rule(problem))
}

/// The problem as a flaw.
pub(crate) fn flaw(problem: &Problem) -> Flaw {
    let flaw = Flaw::new(problem.span, problem.message.clone()).label(problem.code);
    match &problem.hint {
        Some(hint) => flaw.help(hint.clone()),
        None => flaw,
    }
}
