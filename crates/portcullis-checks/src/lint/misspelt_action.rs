//! An action that no service has: it grants nothing, denies nothing and spares nothing.

use portcullis_finding::Severity;
use portcullis_iam::catalog::catalog;
use portcullis_iam::{Problem, suggest};

use crate::reading::{Flaw, LintRule, Meant, Subject, edit, problems};

pub(super) const RULE: LintRule =
    LintRule::new("misspelt-action", Severity::Medium, include_str!("misspelt-action.md"), look);

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    problems::of_rule(subject, RULE.rule.id).map(|problem| flaw(subject, problem)).collect()
}

fn flaw(subject: &Subject<'_>, problem: &Problem) -> Flaw {
    let flaw = problems::flaw(problem);
    let written = subject.text(edit::inner(problem.span));
    match near(written) {
        Some(near) => flaw.change(
            Meant::Certainly,
            format!("write `{near}`"),
            Some(vec![(edit::inner(problem.span), near)]),
        ),
        None => flaw,
    }
}

/// The action of the same service that is spelt nearly like `written`.
fn near(written: &str) -> Option<String> {
    let (service, name) = written.split_once(':').filter(|_| !written.contains(['*', '?']))?;
    let known = catalog().service(service)?;
    let near = suggest::nearest(name, known.actions().iter().map(|action| action.name))?;
    Some(format!("{}:{near}", known.prefix))
}
