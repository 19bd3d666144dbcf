//! The outermost object: `Version`, `Id`, `Statement`.

use std::sync::Arc;

use super::{elements, list, statement, syntax};
use crate::json::{Entry, Node, Value};
use crate::kind::{PolicyKind, VersionRule};
use crate::policy::{Policy, Statement, Version};
use crate::problem::Problem;
use crate::span::Span;

/// The policy that `value` describes; none, with problems, when it describes none.
pub(super) fn policy(
    text: &str,
    value: &Value<'_>,
    kind: PolicyKind,
    problems: &mut Vec<Problem>,
) -> Option<Policy> {
    let entries = elements::entries(value, "a policy", problems)?;
    let found = elements::named(entries, ["Version", "Id", "Statement"], problems);
    let [version_entry, id, statement_entry] = found?;
    let brace = Span::new(value.span.start, value.span.start + 1);
    let version = version(version_entry, brace, kind, problems);
    let id = match id {
        Some(entry) => Some(list::string(&entry.value, "Id", problems)?),
        None => None,
    };
    let Some(statement_entry) = statement_entry else {
        problems.push(syntax("missing-statement", "a policy needs a `Statement`", brace));
        return None;
    };
    let statements = statements(statement_entry, problems)?;
    Some(Policy { text: Arc::from(text), version: version?, id, statements })
}

fn statements(entry: &Entry<'_>, problems: &mut Vec<Problem>) -> Option<Vec<Statement>> {
    let items = list::items(&entry.value);
    if items.is_empty() {
        let hint = "`Statement` lists no statement";
        problems.push(syntax("missing-statement", hint, entry.value.span));
        return None;
    }
    // Every statement is read, also after one that is wrong, so that all problems show at once.
    let statements: Vec<_> = items.iter().map(|item| statement::statement(item, problems)).collect();
    statements.into_iter().collect()
}

fn version(
    entry: Option<&Entry<'_>>,
    brace: Span,
    kind: PolicyKind,
    problems: &mut Vec<Problem>,
) -> Option<Version> {
    let Some(entry) = entry else {
        problems.push(version_absent(brace, kind));
        return Some(Version::V2008);
    };
    match &entry.value.node {
        Node::String(text) if text == "2012-10-17" => Some(Version::V2012),
        Node::String(text) if text == "2008-10-17" => {
            if kind.version_rule() == VersionRule::Must2012 {
                problems.push(too_old(entry.value.span));
            }
            Some(Version::V2008)
        }
        Node::String(_) | Node::Null | Node::Bool(_) | Node::Number(_) | Node::Array(_) | Node::Object(_) => {
            let hint = "`Version` names the language, not your document: write \"2012-10-17\"";
            problems.push(syntax("unknown-version", hint, entry.value.span));
            None
        }
    }
}

fn version_absent(brace: Span, kind: PolicyKind) -> Problem {
    match kind.version_rule() {
        VersionRule::Must2012 => too_old(brace),
        VersionRule::Either => {
            let message = "without `Version` the policy is read as 2008-10-17, where `${...}` is plain text";
            Problem::suspicious("version-absent", message, brace)
                .hint("add \"Version\": \"2012-10-17\"; a managed policy is refused without it")
        }
    }
}

/// IAM's words for a managed policy (CreatePolicy) of the old language.
fn too_old(span: Span) -> Problem {
    let message = "Policy document must be version 2012-10-17 or greater.";
    Problem::rejected("version-too-old", message, span).hint("write \"Version\": \"2012-10-17\"")
}
