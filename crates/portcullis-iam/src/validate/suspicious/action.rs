//! Actions that no service has.

use crate::catalog::{self, catalog};
use crate::problem::{Problem, clip};
use crate::span::Spanned;
use crate::suggest;
use crate::validate::Scope;
use crate::validate::findings::Findings;

pub(super) fn check(scope: &Scope<'_>, findings: &mut Findings) {
    for pattern in scope.actions() {
        if findings.is_full() {
            return;
        }
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
        if matches_any(service, name) {
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

/// Whether the service has an action that `name` covers. Runs of `*` count once, and what is longer than every name
/// matches none, so that hostile patterns cost nothing.
fn matches_any(service: &str, name: &str) -> bool {
    let mut short = String::from(service) + ":";
    for character in name.chars() {
        if character != '*' || !short.ends_with('*') {
            short.push(character);
        }
        if LONGEST_PATTERN < short.len() {
            return false;
        }
    }
    catalog().actions_matching(&short).next().is_some()
}

/// No name of a service and an action together has half as many characters, which leaves a `*` between each two.
const LONGEST_PATTERN: usize = 256;

/// The hint, or when our knowledge ends.
fn dated(problem: Problem, hint: Option<String>) -> Problem {
    problem.hint(
        hint.unwrap_or_else(|| format!("unless it is newer than {}, it has no effect", catalog::DATA_DATE)),
    )
}
