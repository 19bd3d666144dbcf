//! The tool and its rules as SARIF has them.

use portcullis_finding::{LintReport, Rule, Severity};
use serde_json::{Value, json};

use super::set;

/// A file, or a part of one, could not be read.
pub(super) const UNREAD: &str = "not-read";
/// A reference stands for something unknown.
pub(super) const UNRESOLVED: &str = "unresolved-reference";
/// There are more results than can be taken.
pub(super) const LEFT_OUT: &str = "results-left-out";

/// The program, and every rule that ran.
pub(super) fn tool(report: &LintReport) -> Value {
    let rules: Vec<_> = report.rules.iter().map(|rule| descriptor(rule, report.home.as_deref())).collect();
    let mut driver = json!({
        "name": "Portcullis",
        "semanticVersion": report.tool.version,
        "rules": rules,
        "notifications": [
            notification(UNREAD, "something could not be read"),
            notification(UNRESOLVED, "a reference stands for something unknown"),
            notification(LEFT_OUT, "there are more results than code scanning takes"),
        ],
    });
    if let Some(home) = &report.home {
        set(&mut driver, "informationUri", json!(home));
    }
    json!({ "driver": driver })
}

fn notification(id: &str, text: &str) -> Value {
    json!({ "id": id, "shortDescription": { "text": text } })
}

fn descriptor(rule: &Rule, home: Option<&str>) -> Value {
    let mut descriptor = json!({
        "id": rule.id,
        "shortDescription": { "text": rule.title() },
        "fullDescription": { "text": clipped(rule.rationale(), MOST_DESCRIPTION) },
        "help": { "text": rule.remediation(), "markdown": rule.explanation() },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": {
            "tags": ["security", "aws", "iam", "mfa"],
            "precision": "high",
            "problem.severity": problem(rule.severity),
            "security-severity": score(rule.severity),
        },
    });
    if let Some(home) = home {
        let home = home.trim_end_matches('/');
        set(
            &mut descriptor,
            "helpUri",
            json!(format!("{home}/blob/HEAD/docs/reference/lint-rules.md#{}", rule.id)),
        );
    }
    descriptor
}

/// How bad it is in the words of SARIF.
pub(super) fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low => "note",
    }
}

fn problem(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low => "recommendation",
    }
}

/// A score in the range that GitHub shows under the same word.
fn score(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "9.5",
        Severity::High => "8.0",
        Severity::Medium => "5.5",
        Severity::Low => "2.0",
    }
}

fn clipped(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// GitHub takes descriptions of up to 1,024 characters.
const MOST_DESCRIPTION: usize = 1_000;
