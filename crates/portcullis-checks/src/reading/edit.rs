//! Changes of a policy's text.

use portcullis_iam::condition::{Condition, Operator, Presence};
use portcullis_iam::policy::Clause;
use portcullis_iam::{Span, Spanned, Statement};

/// What stands between the quotes of a string at `span`.
pub(crate) fn inner(span: Span) -> Span {
    Span::new(span.start.saturating_add(1), span.end.saturating_sub(1).max(span.start.saturating_add(1)))
}

/// The operator of `test` with another presence; none when the statement has that operator already.
pub(crate) fn presence(
    statement: &Statement,
    test: &Condition,
    presence: Presence,
) -> Option<Vec<(Span, String)>> {
    let operator = Operator { presence, ..test.operator.value };
    let is_taken = statement.conditions.iter().any(|other| other.operator.value == operator);
    (!is_taken).then(|| vec![(inner(test.operator.span), operator.to_string())])
}

/// More patterns at the end of a list of them; `text` is the policy's.
pub(crate) fn append(text: &str, clause: &Clause, more: &[&str]) -> Option<Vec<(Span, String)>> {
    let (first, last) = (clause.patterns.first()?, clause.patterns.last()?);
    let before = text.get(clause.span.start as usize..first.span.start as usize)?;
    let list: Vec<String> = more.iter().map(|pattern| format!("\"{pattern}\"")).collect();
    let end = Span::new(last.span.end, last.span.end);
    if before.contains('[') {
        return Some(vec![(end, format!(", {}", list.join(", ")))]);
    }
    let start = Span::new(first.span.start, first.span.start);
    Some(vec![(start, "[".to_owned()), (end, format!(", {}]", list.join(", ")))])
}

/// One pattern of a list replaced by two.
pub(crate) fn split(
    text: &str,
    clause: &Clause,
    pattern: &Spanned<Box<str>>,
    [one, other]: [&str; 2],
) -> Option<Vec<(Span, String)>> {
    let first = clause.patterns.first()?;
    let before = text.get(clause.span.start as usize..first.span.start as usize)?;
    let both = format!("\"{one}\", \"{other}\"");
    let new = if before.contains('[') { both } else { format!("[{both}]") };
    Some(vec![(pattern.span, new)])
}

/// The key, quotes included, at the beginning of an element at `span` with this text.
pub(crate) fn key(text: &str, span: Span) -> Span {
    let quoted =
        text.strip_prefix('"').and_then(|rest| rest.find('"')).and_then(|at| u32::try_from(at + 2).ok());
    quoted.map_or(span, |length| Span::new(span.start, span.start + length))
}

/// The word `Condition` of `statement`; the whole statement when it is not found.
pub(crate) fn condition_key(text: &str, statement: &Statement) -> Span {
    const KEY: &str = "\"Condition\"";
    let own = statement.span.of(text);
    let at = own.find(KEY).and_then(|at| u32::try_from(at).ok());
    at.map_or(statement.span, |at| {
        let start = statement.span.start + at;
        Span::new(start, start + KEY.len() as u32)
    })
}

/// Names in a sentence: `a`, `b` and 3 more.
pub(crate) fn list(names: &[&str]) -> String {
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    match (names.len().saturating_sub(SHOWN), shown.as_slice()) {
        (0, [one]) => one.clone(),
        (0, [first @ .., last]) => format!("{} and {last}", first.join(", ")),
        (more, _) => format!("{} and {more} more", shown.join(", ")),
    }
}

/// How many names a sentence holds.
const SHOWN: usize = 3;
