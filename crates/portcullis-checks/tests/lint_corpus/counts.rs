//! How often each rule fires in each file: `file | rule | findings | policies | how the number is read`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use portcullis_finding::{Diagnostic, Status};
use testkit::collected;

use crate::lint;

const TABLE: &str = include_str!("counts.txt");

/// Rules that tell what the language itself forbids or cannot mean: they say nothing of MFA.
const OF_THE_LANGUAGE: [&str; 8] = [
    "misspelt-action",
    "operator-of-other-type",
    "policy-refused",
    "policy-suspect",
    "policy-too-large",
    "resource-read-two-ways",
    "unknown-condition-key",
    "variable-in-old-version",
];

#[test]
fn on_policies_about_mfa() {
    check("mfa-policies/mfa_policies.jsonl");
}

#[test]
fn on_control_policies() {
    check("scp/scp_rcp.jsonl");
}

#[test]
fn on_policies_of_every_kind() {
    check("policies/policy_corpus.jsonl");
}

#[test]
fn on_managed_policies() {
    check("managed/aws_managed_policies.jsonl");
}

/// A debug build takes one managed policy in so many, and counts none of them: `cargo xtask e2e published` takes all.
const MANAGED: usize = if cfg!(debug_assertions) { 5 } else { 1 };

/// Findings and policies by rule; what a rule could not decide is counted apart.
type Counts = BTreeMap<String, (usize, BTreeSet<String>)>;

fn check(file: &str) {
    let Some(folder) = collected::folder() else { return };
    let mut counts = Counts::new();
    let is_managed = file.starts_with("managed");
    let step = if is_managed { MANAGED } else { 1 };
    for policy in collected::policies(&folder.join(file)).into_iter().step_by(step) {
        for found in lint(&policy) {
            let (findings, policies) = counts.entry(name(&found)).or_default();
            *findings += 1;
            policies.insert(policy.id.clone());
        }
    }
    if is_managed {
        let about_mfa: Vec<_> =
            counts.keys().filter(|rule| !OF_THE_LANGUAGE.contains(&rule.as_str())).collect();
        assert!(about_mfa.is_empty(), "AWS's own policies ask nothing of MFA, and {about_mfa:?} fire");
    }
    if step == 1 {
        compare(file, &counts);
    }
}

fn name(found: &Diagnostic) -> String {
    match found.status {
        Status::Unknown => format!("{} undecided", found.rule.id),
        Status::Fail | Status::Exempt => found.rule.id.to_owned(),
    }
}

fn compare(file: &str, counts: &Counts) {
    let said = rows(file, counts);
    let expected: String =
        TABLE.lines().filter(|row| row.starts_with(file)).map(|row| row.to_owned() + "\n").collect();
    if std::env::var_os("PORTCULLIS_UPDATE").is_some() {
        update(file, &said);
    } else {
        assert!(said == expected, "{file}: expected\n{expected}found\n{said}(PORTCULLIS_UPDATE=1 writes it)");
    }
}

/// The rows of a file, with the readings that the table has today.
fn rows(file: &str, counts: &Counts) -> String {
    let mut rows = String::new();
    for (rule, (findings, policies)) in counts {
        let head = format!("{file} | {rule} | ");
        let reading =
            TABLE.lines().find(|row| row.starts_with(&head)).and_then(|row| row.rsplit(" | ").next());
        let _ = writeln!(rows, "{head}{findings} | {} | {}", policies.len(), reading.unwrap_or("?"));
    }
    rows
}

#[test]
fn every_number_is_read() {
    let rows: Vec<&str> = TABLE.lines().filter(|row| !row.starts_with('#')).collect();
    for row in &rows {
        let cells: Vec<&str> = row.split(" | ").collect();
        assert!(cells.len() == 5 && 10 < cells[4].len(), "nobody says how to read it: {row}");
    }
    assert!(20 < rows.len(), "{} rows", rows.len());
}

/// Writes the rows of one file into the table. One test at a time (`--test-threads 1`).
fn update(file: &str, said: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lint_corpus/counts.txt");
    let table = std::fs::read_to_string(&path).unwrap();
    let (head, others): (Vec<&str>, Vec<&str>) = table.lines().partition(|row| row.starts_with('#'));
    let mut rows: Vec<&str> =
        others.into_iter().filter(|row| !row.starts_with(file)).chain(said.lines()).collect();
    rows.sort_unstable();
    std::fs::write(&path, format!("{}\n{}\n", head.join("\n"), rows.join("\n"))).unwrap();
}
