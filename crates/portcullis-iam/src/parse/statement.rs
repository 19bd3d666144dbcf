//! One statement.

use super::reading::Reading;
use super::{condition, elements, list, principal};
use crate::json::{Entry, Value};
use crate::policy::{Clause, Effect, Polarity, Statement};
use crate::principal::PrincipalClause;
use crate::problem::{Problem, clip};
use crate::span::Span;
use crate::wording;

/// The statement that `value` describes; none, with problems, when it describes none.
pub(super) fn statement(value: &Value<'_>, reading: &mut Reading) -> Option<Statement> {
    let entries = elements::entries(value, "a statement", reading)?;
    let found = elements::named(entries, NAMES, reading)?;
    let [sid, effect, principal, not_principal, action, not_action, resource, not_resource, condition] =
        found;
    let brace = Span::new(value.span.start, value.span.start + 1);

    // Each element is read before a missing one ends the reading, so that all problems show at once.
    let sid = optional(sid, |entry| list::string(&entry.value, "Sid", reading));
    let effect = effect_of(effect, brace, reading);
    let principal = either(principal, not_principal, reading);
    let principal = principal.and_then(|found| optional(found, |found| principals(&found, reading)));
    let action = either(action, not_action, reading).and_then(|found| actions(found, brace, reading));
    let resource = either(resource, not_resource, reading);
    let resource = resource.and_then(|found| optional(found, |found| clause(&found, reading)));
    let conditions = optional(condition, |entry| condition::block(entry, reading));
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
    reading: &mut Reading,
) -> Option<Option<Polar<'v, 't>>> {
    match (only, except) {
        (Some(only), Some(except)) => {
            let hint = format!("`{}` and `{}` exclude each other; keep one", only.key, except.key);
            let later = only.key_span.max(except.key_span);
            reading.syntax("conflicting-elements", hint, later);
            None
        }
        (Some(entry), None) => Some(Some(Polar { entry, polarity: Polarity::Only })),
        (None, Some(entry)) => Some(Some(Polar { entry, polarity: Polarity::Except })),
        (None, None) => Some(None),
    }
}

fn principals(found: &Polar<'_, '_>, reading: &mut Reading) -> Option<PrincipalClause> {
    let entries = principal::entries(found.entry, reading)?;
    Some(PrincipalClause { polarity: found.polarity, entries, span: found.entry.span() })
}

fn actions(found: Option<Polar<'_, '_>>, brace: Span, reading: &mut Reading) -> Option<Clause> {
    let Some(found) = found else {
        let message = wording::missing(reading.kind, "Action");
        let hint = "add an `Action` or a `NotAction`";
        reading.report(Problem::rejected("missing-action", message, brace).hint(hint));
        return None;
    };
    clause(&found, reading)
}

fn clause(found: &Polar<'_, '_>, reading: &mut Reading) -> Option<Clause> {
    let Polar { entry, polarity } = *found;
    let patterns = list::strings(&entry.value, &entry.key, reading)?;
    Some(Clause { polarity, patterns, span: entry.span() })
}

fn effect_of(entry: Option<&Entry<'_>>, brace: Span, reading: &mut Reading) -> Option<Effect> {
    let Some(entry) = entry else {
        let message = wording::missing(reading.kind, "Effect");
        let hint = "a statement needs an `Effect`: Allow or Deny";
        reading.report(Problem::rejected("missing-effect", message, brace).hint(hint));
        return None;
    };
    let word = list::string(&entry.value, "Effect", reading)?;
    let known = EFFECTS.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(&word.value));
    let Some((name, effect)) = known else {
        let message = wording::effect(reading.kind, &clip(&word.value));
        let problem = Problem::rejected("unknown-effect", message, word.span);
        reading.report(problem.hint("write \"Allow\" or \"Deny\""));
        return None;
    };
    if *word.value != *name {
        let hint = format!("write \"{name}\": the effect is case-sensitive");
        let message = wording::legacy(reading.kind);
        reading.report(Problem::rejected("effect-case", message, word.span).hint(hint));
    }
    Some(effect)
}

const EFFECTS: [(&str, Effect); 2] = [("Allow", Effect::Allow), ("Deny", Effect::Deny)];
