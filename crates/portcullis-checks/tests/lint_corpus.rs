//! The rules of lint over published policies: what they find, counted by rule.
//!
//! Runs on the folder that `PORTCULLIS_CORPUS` names; skips without it. With `PORTCULLIS_SHOW` (a rule's id, or `all`)
//! every finding of it is printed.
#![cfg(test)]
#![expect(clippy::disallowed_methods, reason = "the corpus is files")]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use portcullis_checks::lint;
use portcullis_finding::diagnostic::Region;
use portcullis_finding::{Diagnostic, Selection};
use portcullis_iam::json::{self, Node, Value};

/// One document of a corpus: what it is called, its path, its text.
struct Sample {
    id: String,
    path: String,
    text: String,
}

#[test]
fn published_policies() {
    let Some(root) = std::env::var_os("PORTCULLIS_CORPUS") else {
        println!("skipped: PORTCULLIS_CORPUS names no folder");
        return;
    };
    let root = std::path::Path::new(&root).join("data");
    for file in [
        "mfa-policies/mfa_policies.jsonl",
        "scp/scp_rcp.jsonl",
        "policies/policy_corpus.jsonl",
        "managed/aws_managed_policies.jsonl",
    ] {
        let text = std::fs::read_to_string(root.join(file)).unwrap();
        let samples: Vec<_> = text.lines().enumerate().map(|(at, line)| sample(at, line)).collect();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for sample in &samples {
            for found in lint(sample) {
                *counts.entry(found.rule.id).or_default() += 1;
                show(sample, &found);
            }
        }
        println!("{file}: {} documents, {counts:#?}", samples.len());
    }
}

fn show(sample: &Sample, found: &Diagnostic) {
    let Some(wanted) = std::env::var_os("PORTCULLIS_SHOW") else { return };
    if wanted == "all" || wanted == found.rule.id {
        let Region { start, end } = Region::of(&sample.text, found.place.span);
        let mut line =
            format!("{} {}:{}-{} {}", sample.id, start.line, start.column, end.column, found.severity);
        let snippet: String = found.place.span.of(&sample.text).chars().take(60).collect();
        let _ = write!(line, " {}: {} | {snippet}", found.rule.id, found.message);
        if let Some(fix) = &found.fix {
            let _ = write!(line, " | {} {}", fix.applicability.as_str(), fix.title);
        }
        println!("{line}");
    }
}

fn lint(sample: &Sample) -> Vec<Diagnostic> {
    let found = portcullis_source::read(&sample.path, &sample.text);
    lint::run(&found.documents, &Selection::default())
}

fn sample(at: usize, line: &str) -> Sample {
    let value = json::parse(line).unwrap();
    let text_of = |key: &str| match member(&value, key).map(|value| &value.node) {
        Some(Node::String(text)) => text.to_string(),
        _ => String::new(),
    };
    let kind = match text_of("kind").as_str() {
        "" | "identity" | "identity/scp" => "identity",
        "scp" => "scp",
        "rcp" => "rcp",
        "trust" => "trust",
        _ => "resource",
    }
    .to_owned();
    let id = [text_of("id"), text_of("name")].concat();
    let id = if id.is_empty() { format!("{at} {}", text_of("source")) } else { id };
    let document = member(&value, "document_resolved").or_else(|| member(&value, "document")).unwrap();
    Sample { id, path: format!("{kind}/document.json"), text: json::write::pretty(document) }
}

fn member<'v, 't>(value: &'v Value<'t>, key: &str) -> Option<&'v Value<'t>> {
    let Node::Object(entries) = &value.node else { return None };
    entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
}
