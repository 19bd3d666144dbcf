//! Actions that no service has.

use crate::catalog::{self, catalog};
use crate::problem::{Problem, clip};
use crate::span::Spanned;
use crate::suggest;
use crate::validate::Scope;
use crate::validate::findings::Findings;

pub(super) fn check(scope: &Scope<'_>, findings: &mut Findings) {
    for pattern in scope.policy.statements.iter().flat_map(|statement| &statement.action.patterns) {
        // What has no colon is refused already.
        if let Some((service, name)) = pattern.value.split_once(':')
            && let Some(problem) = problem(pattern, service, name)
        {
            findings.report(problem);
        }
    }
}

fn problem(pattern: &Spanned<Box<str>>, service: &str, name: &str) -> Option<Problem> {
    if service == "*" {
        return None;
    }
    let Some(known) = catalog().service(service) else {
        let near = suggest::nearest(service, catalog().services().iter().map(|service| service.prefix));
        let message = format!("no service has the prefix `{}`", clip(service));
        let hint = near.map(|near| format!("did you mean `{near}`?"));
        return Some(dated(Problem::suspicious("unknown-service", message, pattern.span), hint));
    };
    if name.contains(['*', '?']) {
        if name == "*" || catalog().actions_matching(&pattern.value).next().is_some() {
            return None;
        }
        let message = format!("no action of `{service}` matches `{}`", clip(name));
        return Some(dated(Problem::suspicious("action-matches-nothing", message, pattern.span), None));
    }
    if known.action(name).is_some() {
        return None;
    }
    let near = suggest::nearest(name, known.actions().iter().map(|action| action.name));
    let message = format!("`{service}` has no action `{}`", clip(name));
    let hint = near.map(|near| format!("did you mean `{}:{near}`?", known.prefix));
    Some(dated(Problem::suspicious("unknown-action", message, pattern.span), hint))
}

/// The hint, or when our knowledge ends.
fn dated(problem: Problem, hint: Option<String>) -> Problem {
    problem.hint(
        hint.unwrap_or_else(|| format!("unless it is newer than {}, it has no effect", catalog::DATA_DATE)),
    )
}
