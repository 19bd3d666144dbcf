//! Every check has a page, and every page's cases are run.
//!
//! A case is a heading, the files of a snapshot in fenced blocks (`csv credential-report.csv`), and what the check of
//! the page says of them in a block `text findings`. With `PORTCULLIS_UPDATE=1` what is said replaces what was expected.
#![cfg(test)]
#![expect(clippy::disallowed_methods, reason = "the pages are files")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use portcullis_checks::audit::CHECKS;
use portcullis_checks::{Options, run};
use portcullis_finding::{Audit, Origin, Selection, Status, Tool};
use portcullis_guardrail::{Intent, intent};
use portcullis_iam::Timestamp;
use portcullis_snapshot::import::import;

/// The time of every case, and of its snapshot where it has no manifest.
const NOW: &str = "2026-11-24T09:00:00Z";

#[test]
fn table_folder_and_pages_agree() {
    let ids: BTreeSet<_> = CHECKS.iter().map(|check| check.rule.id.to_owned()).collect();
    assert_eq!(ids.len(), CHECKS.len(), "an id is used twice");
    assert_eq!(ids, stems("md"), "table and pages differ");
    let files: BTreeSet<_> = stems("rs").iter().map(|stem| stem.replace('_', "-")).collect();
    assert_eq!(ids, files, "table and folder differ");
    for check in CHECKS {
        let rule = &check.rule;
        assert!(rule.title() != rule.id && !rule.title().ends_with('.'), "{}: no title", rule.id);
        assert!(!rule.rationale().is_empty(), "{}: why does it matter?", rule.id);
        assert!(!rule.remediation().is_empty(), "{}: what is to be done?", rule.id);
    }
}

#[test]
fn the_cases_of_every_page_hold() {
    let update = std::env::var_os("PORTCULLIS_UPDATE").is_some();
    let mut wrong = Vec::new();
    for check in CHECKS {
        let path = folder().join(format!("{}.md", check.rule.id));
        let page = std::fs::read_to_string(&path).unwrap();
        let said = rerun(&page, check.rule.id);
        if update {
            std::fs::write(&path, &said).unwrap();
        } else if said != page {
            wrong.push(difference(check.rule.id, &page, &said));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The page with what the check says today under each of its cases.
fn rerun(page: &str, id: &str) -> String {
    let (head, cases) = page.split_once("\n## Cases\n").unwrap_or_else(|| panic!("{id}: no cases"));
    let mut said = format!("{head}\n## Cases\n");
    let mut parts = cases.split("\n### ");
    said.push_str(parts.next().unwrap());
    let mut number = 0;
    for case in parts {
        let (text, findings) = split(case).unwrap_or_else(|| panic!("{id}: case without findings: {case}"));
        let _ = write!(said, "\n### {text}\n```text findings\n{}```\n", say(text, id));
        assert!(findings.trim_end().ends_with("```"), "{id}: text after the findings of a case");
        number += 1;
    }
    assert!(0 < number, "{id}: no cases");
    said
}

/// The case up to the line of its findings, and the rest.
fn split(case: &str) -> Option<(&str, &str)> {
    case.split_once("\n```text findings\n")
}

/// What the check says of the files of a case.
fn say(case: &str, id: &str) -> String {
    let mut files = files(case);
    let intent = match files.iter().position(|(path, _)| path == "portcullis.toml") {
        Some(at) => read_intent(&files.remove(at).1),
        None => Intent::default(),
    };
    if !files.iter().any(|(path, _)| path == "manifest.json") {
        files.push(("manifest.json".into(), format!("{{\"version\": 1, \"taken_at\": \"{NOW}\"}}")));
    }
    let snapshot = import(&files).unwrap_or_else(|error| panic!("{id}: {error}"));
    let options = Options {
        tool: Tool::default(),
        now: Timestamp::parse(NOW).unwrap(),
        selection: Selection { only: vec![id.into()], ..Selection::default() },
    };
    summary(&run(&snapshot, &intent, &options))
}

fn read_intent(text: &str) -> Intent {
    let known: Vec<_> = CHECKS.iter().map(|check| check.rule.id).collect();
    intent::parse(text, &known).unwrap()
}

/// One line for each finding, under it those for the statements with a `Sid` that it names; then how many resources passed or were not concerned.
fn summary(audit: &Audit) -> String {
    let mut lines = String::new();
    for finding in &audit.findings {
        let word = match finding.status {
            Status::Fail => finding.severity.to_string(),
            Status::Unknown | Status::Exempt => finding.status.to_string(),
        };
        let _ = writeln!(lines, "{word} {}: {}", finding.resource, finding.message);
        for evidence in &finding.evidence {
            if let Origin::Statement { sid: Some(sid), .. } = &evidence.origin {
                let _ = writeln!(lines, "    {sid}: {}", evidence.fact);
            }
        }
    }
    for tally in &audit.checks {
        for (word, count) in [("pass", tally.pass), ("not applicable", tally.not_applicable)] {
            if 0 < count {
                let _ = writeln!(lines, "{word}: {count}");
            }
        }
    }
    lines
}

/// The fenced files of a case, in the folder of the account where they name none.
fn files(case: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for block in case.split("\n```").skip(1) {
        let Some((info, text)) = block.split_once('\n') else { continue };
        let Some((_, path)) = info.split_once(' ') else { continue };
        let shared = path.contains("organization/") || ["manifest.json", "portcullis.toml"].contains(&path);
        let has_folder = path.starts_with(|first: char| first.is_ascii_digit());
        let path = if shared || has_folder { path.to_owned() } else { format!("111111111111/{path}") };
        files.push((path, format!("{text}\n")));
    }
    files
}

fn difference(id: &str, page: &str, said: &str) -> String {
    let mut lines = format!("{id}.md:\n");
    for diff in page.lines().zip(said.lines()).filter(|(old, new)| old != new).take(4) {
        let _ = writeln!(lines, "  expected: {}\n  said:     {}", diff.0, diff.1);
    }
    let _ = writeln!(lines, "  (PORTCULLIS_UPDATE=1 writes what is said)");
    lines
}

fn stems(extension: &str) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    entries
        .filter(|path| path.extension().is_some_and(|end| end == extension) && !path.ends_with("mod.rs"))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/audit")
}
