//! The `Condition` block.

use super::reading::Reading;
use super::{elements, list};
use crate::condition::{Condition, Operator};
use crate::context::ContextKey;
use crate::json::{Entry, Value};
use crate::problem::{Problem, clip};
use crate::span::Spanned;
use crate::suggest;

/// The tests of the block, one per operator and key; none, with problems, when it cannot be read.
pub(super) fn block(element: &Entry<'_>, reading: &mut Reading) -> Option<Vec<Condition>> {
    let operators = elements::entries(&element.value, "`Condition`", reading)?;
    report_repeats(operators, "operator", reading);
    if operators.is_empty() {
        let message = "the condition block is empty, so the statement is unconditional";
        reading.report(Problem::suspicious("empty-condition", message, element.value.span));
    }
    let mut conditions = Vec::new();
    let mut readable = true;
    for entry in operators {
        match tests(entry, reading) {
            Some(tests) => conditions.extend(tests),
            None => readable = false,
        }
        if reading.is_full() {
            return None;
        }
    }
    readable.then_some(conditions)
}

/// The tests of one operator.
fn tests(entry: &Entry<'_>, reading: &mut Reading) -> Option<Vec<Condition>> {
    let name = clip(&entry.key);
    let keys = elements::entries(&entry.value, format_args!("the operator `{name}`"), reading)?;
    report_repeats(keys, "condition key", reading);
    if keys.is_empty() {
        // IAM accepts this, whatever the operator's name.
        let message = format!("the operator `{name}` tests no key, so it restricts nothing");
        reading.report(Problem::suspicious("empty-condition", message, entry.value.span));
        return Some(Vec::new());
    }
    let operator = Spanned::new(operator(entry, reading)?, entry.key_span);
    keys.iter().map(|key| test(&operator, key, reading)).collect()
}

fn operator(entry: &Entry<'_>, reading: &mut Reading) -> Option<Operator> {
    if let Some(operator) = Operator::parse(&entry.key) {
        return Some(operator);
    }
    let name = clip(&entry.key);
    if let Some(operator) = Operator::parse_ignoring_case(&entry.key) {
        let message = format!("the operator `{name}` is spelt `{operator}`");
        let hint = "write it so: whether AWS takes another case is not documented";
        reading.report(Problem::suspicious("operator-case", message, entry.key_span).hint(hint));
        return Some(operator);
    }
    let spellings: Vec<_> = Operator::all().map(|operator| operator.to_string()).collect();
    let hint = match suggest::nearest(&entry.key, spellings.iter().map(String::as_str)) {
        Some(near) => format!("unknown operator `{name}`; did you mean `{near}`?"),
        None => format!("unknown operator `{name}`"),
    };
    reading.syntax("unknown-operator", hint, entry.key_span);
    None
}

fn test(operator: &Spanned<Operator>, key: &Entry<'_>, reading: &mut Reading) -> Option<Condition> {
    let values = list::each(list::items(&key.value), |item| value(item, reading))?;
    Some(Condition {
        operator: operator.clone(),
        key: ContextKey::new(&key.key),
        key_span: key.key_span,
        values,
    })
}

fn value(item: &Value<'_>, reading: &mut Reading) -> Option<Spanned<Box<str>>> {
    let Some(text) = list::scalar(item) else {
        let hint = format!("a condition value must be a string, boolean or number, not {}", item.node.kind());
        reading.syntax("wrong-type", hint, item.span);
        return None;
    };
    Some(Spanned::new(text.into(), item.span))
}

/// Reports every entry whose key stands before it in the same object.
fn report_repeats(entries: &[Entry<'_>], what: &str, reading: &mut Reading) {
    if entries.len() < 2 {
        return;
    }
    let mut keys: Vec<_> = entries.iter().map(|entry| (entry.key.to_ascii_lowercase(), entry)).collect();
    keys.sort_by(|a, b| (&a.0, a.1.key_span).cmp(&(&b.0, b.1.key_span)));
    for pair in keys.windows(2) {
        if let [(first, _), (second, entry)] = pair
            && first == second
        {
            let message = format!("the {what} `{}` is written twice in one block", clip(&entry.key));
            let hint = "list all values under one key";
            reading.report(Problem::suspicious("duplicate-key", message, entry.key_span).hint(hint));
        }
    }
}
