//! The conditions of a template, as far as it alone decides them.

use super::resolve::Resolver;
use crate::tree::Tree;

/// Whether the condition of this name holds; none when that is not known.
pub(super) fn named(resolver: &Resolver<'_>, name: &str) -> Option<bool> {
    holds(resolver, resolver.template.condition(name)?, 0)
}

fn holds(resolver: &Resolver<'_>, condition: &Tree, depth: usize) -> Option<bool> {
    let [field] = condition.fields() else { return None };
    if MAX_DEPTH <= depth || !resolver.spend() {
        return None;
    }
    let inner = |tree| holds(resolver, tree, depth + 1);
    let items = field.value.items();
    match field.key.known()? {
        "Condition" => inner(resolver.template.condition(field.value.known()?)?),
        "Fn::Not" => items.first().and_then(inner).map(|holds| !holds),
        "Fn::And" => all(items.iter().map(inner), true),
        "Fn::Or" => all(items.iter().map(inner), false),
        "Fn::Equals" => {
            let [left, right] = items else { return None };
            let (left, right) = (resolver.text(left), resolver.text(right));
            Some(left.known()? == right.known()?)
        }
        _ => None,
    }
}

/// `neutral` when all are; the other when one is; else not known.
fn all(mut values: impl Iterator<Item = Option<bool>>, neutral: bool) -> Option<bool> {
    let mut is_known = true;
    let decided = values.any(|value| {
        is_known &= value.is_some();
        value == Some(!neutral)
    });
    if decided { Some(!neutral) } else { is_known.then_some(neutral) }
}

/// How far conditions are followed that name others.
const MAX_DEPTH: usize = 16;
