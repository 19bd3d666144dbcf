//! The `Condition` block.

use super::{elements, list, syntax};
use crate::condition::{Condition, Operator};
use crate::context::ContextKey;
use crate::json::{Entry, Value};
use crate::problem::Problem;
use crate::span::Spanned;
use crate::suggest;

/// The tests of the block, one per operator and key; none, with problems, when it cannot be read.
pub(super) fn block(element: &Entry<'_>, problems: &mut Vec<Problem>) -> Option<Vec<Condition>> {
    let operators = elements::entries(&element.value, "`Condition`", problems)?;
    report_repeats(operators, "operator", problems);
    if operators.is_empty() {
        let message = "the condition block is empty, so the statement is unconditional";
        problems.push(Problem::suspicious("empty-condition", message, element.value.span));
    }
    let mut conditions = Vec::new();
    let mut readable = true;
    for entry in operators {
        match tests(entry, problems) {
            Some(tests) => conditions.extend(tests),
            None => readable = false,
        }
    }
    readable.then_some(conditions)
}

/// The tests of one operator.
fn tests(entry: &Entry<'_>, problems: &mut Vec<Problem>) -> Option<Vec<Condition>> {
    let what = format!("the operator `{}`", entry.key);
    let keys = elements::entries(&entry.value, &what, problems)?;
    report_repeats(keys, "condition key", problems);
    if keys.is_empty() {
        // IAM accepts this, whatever the operator's name.
        let message = format!("the operator `{}` tests no key, so it restricts nothing", entry.key);
        problems.push(Problem::suspicious("empty-condition", message, entry.value.span));
        return Some(Vec::new());
    }
    let operator = Spanned::new(operator(entry, problems)?, entry.key_span);
    keys.iter().map(|key| test(&operator, key, problems)).collect()
}

fn operator(entry: &Entry<'_>, problems: &mut Vec<Problem>) -> Option<Operator> {
    if let Some(operator) = Operator::parse(&entry.key) {
        return Some(operator);
    }
    if let Some(operator) = Operator::parse_ignoring_case(&entry.key) {
        let message = format!("the operator `{}` is spelt `{operator}`", entry.key);
        let hint = "write it so: whether AWS takes another case is not documented";
        problems.push(Problem::suspicious("operator-case", message, entry.key_span).hint(hint));
        return Some(operator);
    }
    let hint = match suggest::nearest(&entry.key, Operator::names()) {
        Some(name) => format!("unknown operator `{}`; did you mean `{name}`?", entry.key),
        None => format!("unknown operator `{}`", entry.key),
    };
    problems.push(syntax("unknown-operator", hint, entry.key_span));
    None
}

fn test(operator: &Spanned<Operator>, key: &Entry<'_>, problems: &mut Vec<Problem>) -> Option<Condition> {
    let values = list::items(&key.value).iter().map(|item| value(item, problems)).collect::<Option<_>>()?;
    Some(Condition {
        operator: operator.clone(),
        key: ContextKey::new(&key.key),
        key_span: key.key_span,
        values,
    })
}

fn value(item: &Value<'_>, problems: &mut Vec<Problem>) -> Option<Spanned<Box<str>>> {
    let Some(text) = list::scalar(item) else {
        let hint = format!("a condition value must be a string, boolean or number, not {}", item.node.kind());
        problems.push(syntax("wrong-type", hint, item.span));
        return None;
    };
    Some(Spanned::new(text.into(), item.span))
}

/// Reports every entry whose key stands before it in the same object.
fn report_repeats(entries: &[Entry<'_>], what: &str, problems: &mut Vec<Problem>) {
    let mut keys: Vec<_> = entries.iter().map(|entry| (entry.key.to_ascii_lowercase(), entry)).collect();
    keys.sort_by(|a, b| (&a.0, a.1.key_span).cmp(&(&b.0, b.1.key_span)));
    for pair in keys.windows(2) {
        if let [(first, _), (second, entry)] = pair
            && first == second
        {
            let message = format!("the {what} `{}` is written twice in one block", entry.key);
            let hint = "list all values under one key";
            problems.push(Problem::suspicious("duplicate-key", message, entry.key_span).hint(hint));
        }
    }
}
