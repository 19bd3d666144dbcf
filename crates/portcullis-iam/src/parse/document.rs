//! The outermost object: `Version`, `Id`, `Statement`.

use std::sync::Arc;

use super::reading::Reading;
use super::{elements, list, statement};
use crate::json::{Entry, Node, Value};
use crate::kind::{PolicyKind, VersionRule};
use crate::policy::{Policy, Statement, Version};
use crate::problem::Problem;
use crate::span::Span;
use crate::wording;

/// The policy that `value` describes; none, with problems, when it describes none.
pub(super) fn policy(text: &str, value: &Value<'_>, reading: &mut Reading) -> Option<Policy> {
    let entries = elements::entries(value, "a policy", reading)?;
    let [version_entry, id, statement_entry] =
        elements::named(entries, ["Version", "Id", "Statement"], reading)?;
    let brace = Span::new(value.span.start, value.span.start + 1);
    let version = version(version_entry, brace, reading);
    let id = match id {
        Some(entry) => Some(list::string(&entry.value, "Id", reading)?),
        None => None,
    };
    let Some(statement_entry) = statement_entry else {
        report_no_statement("a policy needs a `Statement`", brace, reading);
        return None;
    };
    let statements = statements(statement_entry, reading)?;
    Some(Policy { text: Arc::from(text), version: version?, id, statements })
}

fn statements(entry: &Entry<'_>, reading: &mut Reading) -> Option<Vec<Statement>> {
    let items = list::items(&entry.value);
    if items.is_empty() {
        report_no_statement("`Statement` lists no statement", entry.value.span, reading);
        return None;
    }
    let mut statements = Vec::with_capacity(items.len());
    for item in items {
        // Reading goes on after a statement that is wrong, so that all problems show at once.
        statements.push(statement::statement(item, reading));
        if reading.is_full() {
            return None;
        }
    }
    statements.into_iter().collect()
}

fn version(entry: Option<&Entry<'_>>, brace: Span, reading: &mut Reading) -> Option<Version> {
    let Some(entry) = entry else {
        reading.report(version_absent(brace, reading.kind));
        return Some(Version::V2008);
    };
    let span = entry.value.span;
    match &entry.value.node {
        Node::String(text) if text == "2012-10-17" => Some(Version::V2012),
        Node::String(text) if text == "2008-10-17" => {
            if reading.kind.version_rule() == VersionRule::Must2012 {
                reading.report(version_too_old(span, reading.kind));
            }
            Some(Version::V2008)
        }
        Node::String(_) | Node::Null | Node::Bool(_) | Node::Number(_) | Node::Array(_) | Node::Object(_) => {
            let hint = "`Version` names the language, not your document: write \"2012-10-17\"";
            let message = wording::version(reading.kind);
            reading.report(Problem::rejected("unknown-version", message, span).hint(hint));
            None
        }
    }
}

fn version_absent(brace: Span, kind: PolicyKind) -> Problem {
    match kind.version_rule() {
        VersionRule::Must2012 => version_too_old(brace, kind),
        VersionRule::Either => {
            let message = "without `Version` the policy is read as 2008-10-17, where `${...}` is plain text";
            Problem::suspicious("version-absent", message, brace)
                .hint("add \"Version\": \"2012-10-17\"; a managed policy is refused without it")
        }
    }
}

fn version_too_old(span: Span, kind: PolicyKind) -> Problem {
    Problem::rejected("version-too-old", wording::version_too_old(kind), span)
        .hint("write \"Version\": \"2012-10-17\"")
}

fn report_no_statement(hint: &str, span: Span, reading: &mut Reading) {
    let message = wording::no_statement(reading.kind);
    reading.report(Problem::rejected("missing-statement", message, span).hint(hint));
}
