//! One flaw as SARIF has it: a result.

use std::sync::Arc;

use portcullis_finding::{Diagnostic, Fix, LintReport, Status};
use serde_json::{Value, json};

use super::{place, rule, set};

/// The flaw as a result.
pub(super) fn result(report: &LintReport, flaw: &Diagnostic, fingerprint: &str) -> Value {
    let mut location = place::location(report, &flaw.place);
    set(
        &mut location,
        "logicalLocations",
        json!([{ "fullyQualifiedName": *flaw.document, "kind": "resource" }]),
    );
    let (kind, level) = match flaw.status {
        Status::Fail | Status::Exempt => ("fail", rule::level(flaw.severity)),
        Status::Unknown => ("open", "none"),
    };
    let mut result = json!({
        "ruleId": flaw.rule.id,
        "kind": kind,
        "level": level,
        "message": { "text": message(flaw) },
        "locations": [location],
        // The first is what GitHub looks for, and combines with the path.
        "partialFingerprints": { "primaryLocationLineHash": fingerprint, "portcullis/v1": fingerprint },
    });
    if let Some(index) = report.rules.iter().position(|rule| rule.id == flaw.rule.id) {
        set(&mut result, "ruleIndex", json!(index));
    }
    if !flaw.related.is_empty() {
        set(&mut result, "relatedLocations", related(report, flaw));
    }
    if let Some(fix) = flaw.fix.as_ref().and_then(|fix| change(report, fix)) {
        set(&mut result, "fixes", json!([fix]));
    }
    result
}

/// Everything that is said of it; the first line stands alone.
fn message(flaw: &Diagnostic) -> String {
    let head = match flaw.status {
        Status::Unknown => format!("could not be settled: {}", flaw.message),
        Status::Fail | Status::Exempt => flaw.message.to_string(),
    };
    let label = Some(&*flaw.label).filter(|label| !label.is_empty());
    let rest = label.into_iter().chain(flaw.notes.iter().map(AsRef::as_ref)).chain(flaw.help.as_deref());
    std::iter::once(head.as_str()).chain(rest).collect::<Vec<_>>().join("\n")
}

fn related(report: &LintReport, flaw: &Diagnostic) -> Value {
    let locations = flaw.related.iter().take(MOST_RELATED).enumerate().map(|(at, label)| {
        let mut location = place::location(report, &label.place);
        set(&mut location, "id", json!(at));
        set(&mut location, "message", json!({ "text": label.text }));
        location
    });
    Value::Array(locations.collect())
}

/// The fix, when every file that it changes is there.
fn change(report: &LintReport, fix: &Fix) -> Option<Value> {
    let mut files: Vec<(&Arc<str>, Vec<Value>)> = Vec::new();
    for edit in &fix.edits {
        let path = &edit.place.path;
        let replacement = json!({
            "deletedRegion": place::region(report, &edit.place)?,
            "insertedContent": { "text": edit.replacement },
        });
        match files.iter_mut().find(|(known, _)| *known == path) {
            Some((_, replacements)) => replacements.push(replacement),
            None => files.push((path, vec![replacement])),
        }
    }
    let changes: Vec<_> = files
        .into_iter()
        .map(|(path, replacements)| {
            json!({ "artifactLocation": place::artifact(report, path), "replacements": replacements })
        })
        .collect();
    let title = format!("{} ({})", fix.title, fix.applicability.as_str());
    (!changes.is_empty()).then(|| json!({ "description": { "text": title }, "artifactChanges": changes }))
}

/// GitHub shows so many locations of a result.
const MOST_RELATED: usize = 99;
