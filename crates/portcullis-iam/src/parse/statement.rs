//! One statement.

use super::{LEGACY, condition, elements, list, principal, syntax};
use crate::json::{Entry, Value};
use crate::policy::{Clause, Effect, Polarity, Statement};
use crate::principal::PrincipalClause;
use crate::problem::Problem;
use crate::span::Span;

/// The statement that `value` describes; none, with problems, when it describes none.
pub(super) fn statement(value: &Value<'_>, problems: &mut Vec<Problem>) -> Option<Statement> {
    let entries = elements::entries(value, "a statement", problems)?;
    let found = elements::named(entries, NAMES, problems)?;
    let [sid, effect, principal, not_principal, action, not_action, resource, not_resource, condition] =
        found;
    let brace = Span::new(value.span.start, value.span.start + 1);

    // Each element is read before a missing one ends the reading, so that all problems show at once.
    let sid = optional(sid, |entry| list::string(&entry.value, "Sid", problems));
    let effect = effect_of(effect, brace, problems);
    let principal = either(principal, not_principal, problems);
    let principal = principal.and_then(|found| optional(found, |found| principals(&found, problems)));
    let action = either(action, not_action, problems).and_then(|found| actions(found, brace, problems));
    let resource = either(resource, not_resource, problems);
    let resource = resource.and_then(|found| optional(found, |found| clause(&found, problems)));
    let conditions = optional(condition, |entry| condition::block(entry, problems));
    Some(Statement {
        sid: sid?,
        effect: effect?,
        principal: principal?,
        action: action?,
        resource: resource?,
        conditions: conditions?.unwrap_or_default(),
        span: value.span,
    })
}

const NAMES: [&str; 9] = [
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];

/// An element, and whether it was written with `Not`.
struct Polar<'v, 't> {
    entry: &'v Entry<'t>,
    polarity: Polarity,
}

/// What `read` makes of an element that may be absent; none when the element is there and unreadable.
fn optional<S, T>(found: Option<S>, read: impl FnOnce(S) -> Option<T>) -> Option<Option<T>> {
    match found {
        Some(found) => read(found).map(Some),
        None => Some(None),
    }
}

/// The element or its `Not` form, which exclude each other.
fn either<'v, 't>(
    only: Option<&'v Entry<'t>>,
    except: Option<&'v Entry<'t>>,
    problems: &mut Vec<Problem>,
) -> Option<Option<Polar<'v, 't>>> {
    match (only, except) {
        (Some(only), Some(except)) => {
            let hint = format!("`{}` and `{}` exclude each other; keep one", only.key, except.key);
            let later = only.key_span.max(except.key_span);
            problems.push(syntax("conflicting-elements", hint, later));
            None
        }
        (Some(entry), None) => Some(Some(Polar { entry, polarity: Polarity::Only })),
        (None, Some(entry)) => Some(Some(Polar { entry, polarity: Polarity::Except })),
        (None, None) => Some(None),
    }
}

fn principals(found: &Polar<'_, '_>, problems: &mut Vec<Problem>) -> Option<PrincipalClause> {
    let entries = principal::entries(found.entry, problems)?;
    Some(PrincipalClause { polarity: found.polarity, entries })
}

fn actions(found: Option<Polar<'_, '_>>, brace: Span, problems: &mut Vec<Problem>) -> Option<Clause> {
    let Some(found) = found else {
        let message = "Policy statement must contain actions.";
        let hint = "add an `Action` or a `NotAction`";
        problems.push(Problem::rejected("missing-action", message, brace).hint(hint));
        return None;
    };
    clause(&found, problems)
}

fn clause(found: &Polar<'_, '_>, problems: &mut Vec<Problem>) -> Option<Clause> {
    let Polar { entry, polarity } = *found;
    let patterns = list::strings(&entry.value, &entry.key, problems)?;
    Some(Clause { polarity, patterns, span: entry.span() })
}

fn effect_of(entry: Option<&Entry<'_>>, brace: Span, problems: &mut Vec<Problem>) -> Option<Effect> {
    let Some(entry) = entry else {
        problems.push(syntax("missing-effect", "a statement needs an `Effect`: Allow or Deny", brace));
        return None;
    };
    let word = list::string(&entry.value, "Effect", problems)?;
    let (name, effect) =
        EFFECTS.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(&word.value)).or_else(|| {
            let hint = format!("unknown effect `{}`; write Allow or Deny", word.value);
            problems.push(syntax("unknown-effect", hint, word.span));
            None
        })?;
    if *word.value != *name {
        let hint = format!("write `{name}`: the effect is case-sensitive");
        problems.push(Problem::rejected("effect-case", LEGACY, word.span).hint(hint));
    }
    Some(effect)
}

const EFFECTS: [(&str, Effect); 2] = [("Allow", Effect::Allow), ("Deny", Effect::Deny)];
