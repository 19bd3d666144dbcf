//! Every rule of lint has a page, and every page's cases are run.
//!
//! A case is a heading, files in fenced blocks (`json force-mfa.json`, `hcl main.tf`), and what the rule of the page
//! says of them in a block `text findings`. With `PORTCULLIS_UPDATE=1` what is said replaces what was expected.
//! Every fix is applied, and must remove its finding.
#![cfg(test)]
#![expect(clippy::disallowed_methods, reason = "the pages are files")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use portcullis_checks::LintRule;
use portcullis_checks::audit::CHECKS;
use portcullis_checks::lint::{self, RULES};
use portcullis_finding::diagnostic::{Fix, Region};
use portcullis_finding::{Diagnostic, Selection, Status};

/// Files by path.
type Files = Vec<(String, String)>;

#[test]
fn table_folder_and_pages_agree() {
    let ids: BTreeSet<_> = RULES.iter().map(|rule| rule.rule.id.to_owned()).collect();
    assert_eq!(ids.len(), RULES.len(), "an id is used twice");
    assert_eq!(ids, stems("md"), "table and pages differ");
    let files: BTreeSet<_> = stems("rs").iter().map(|stem| stem.replace('_', "-")).collect();
    assert_eq!(ids, files, "table and folder differ");
    for LintRule { rule, .. } in RULES {
        assert!(rule.title() != rule.id && !rule.title().ends_with('.'), "{}: no title", rule.id);
        assert!(!rule.rationale().is_empty(), "{}: why does it matter?", rule.id);
        assert!(!rule.remediation().is_empty(), "{}: what is to be done?", rule.id);
        assert!(CHECKS.iter().all(|check| check.rule.id != rule.id), "{}: the id is a check's", rule.id);
    }
}

#[test]
fn the_cases_of_every_page_hold() {
    let update = std::env::var_os("PORTCULLIS_UPDATE").is_some();
    let mut wrong = Vec::new();
    for rule in RULES {
        let path = folder().join(format!("{}.md", rule.rule.id));
        let page = std::fs::read_to_string(&path).unwrap();
        let said = rerun(&page, rule.rule.id);
        if update {
            std::fs::write(&path, &said).unwrap();
        } else if said != page {
            wrong.push(difference(rule.rule.id, &page, &said));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The page with what the rule says today under each of its cases.
fn rerun(page: &str, id: &str) -> String {
    let (head, cases) = page.split_once("\n## Cases\n").unwrap_or_else(|| panic!("{id}: no cases"));
    let mut said = format!("{head}\n## Cases\n");
    let mut parts = cases.split("\n### ");
    said.push_str(parts.next().unwrap());
    let (mut positive, mut negative) = (0, 0);
    for case in parts {
        let split = case.split_once("\n```text findings\n");
        let (text, findings) = split.unwrap_or_else(|| panic!("{id}: case without findings: {case}"));
        assert!(findings.trim_end().ends_with("```"), "{id}: text after the findings of a case");
        let found = say(&files(text), id);
        if found.is_empty() {
            negative += 1;
        } else {
            positive += 1;
        }
        let _ = write!(said, "\n### {text}\n```text findings\n{found}```\n");
    }
    assert!(0 < positive && 0 < negative, "{id}: cases with and without a finding");
    said
}

/// What the rule says of the files of a case.
fn say(files: &Files, id: &str) -> String {
    let mut lines = String::new();
    for found in lint(files, id) {
        let place = at(files, &found.place);
        let word = match found.status {
            Status::Fail => found.severity.as_str(),
            Status::Unknown | Status::Exempt => found.status.as_str(),
        };
        let _ = writeln!(lines, "{word} {place}: {}", found.message);
        for related in &found.related {
            let _ = writeln!(lines, "  {}: {}", at(files, &related.place), related.text);
        }
        if let Some(fix) = &found.fix {
            let _ = writeln!(lines, "  {} fix: {}", fix.applicability.as_str(), fix.title);
            for edit in &fix.edits {
                let _ = writeln!(lines, "    {} {}", at(files, &edit.place), edit.replacement.trim());
            }
            assert_fixes(files, fix, &found, id);
        }
    }
    lines
}

fn lint(files: &Files, id: &str) -> Vec<Diagnostic> {
    let found = portcullis_source::read_all(files);
    let faults: Vec<_> = found.iter().flat_map(|found| &found.faults).collect();
    assert!(faults.is_empty(), "{id}: {faults:?}");
    let documents: Vec<_> = found.into_iter().flat_map(|found| found.documents).collect();
    assert!(!documents.is_empty(), "{id}: a case without a policy: {files:?}");
    lint::run(&documents, &Selection { only: vec![id.into()], ..Selection::default() })
}

/// Applies a fix: its finding must be gone.
fn assert_fixes(files: &Files, fix: &Fix, found: &Diagnostic, id: &str) {
    let mut changed = files.clone();
    let mut edits: Vec<_> = fix.edits.iter().collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.place.clone()));
    for edit in edits {
        let text = &mut changed.iter_mut().find(|(path, _)| *path == *edit.place.path).unwrap().1;
        let span = edit.place.span;
        text.replace_range(span.start as usize..span.end as usize, &edit.replacement);
    }
    let (before, after) = (lint(files, id).len(), lint(&changed, id));
    assert!(after.len() < before, "{id}: `{}` does not fix `{}`: {after:?}", fix.title, found.message);
}

fn at(files: &Files, place: &portcullis_iam::Place) -> String {
    let text = &files.iter().find(|(path, _)| *path == *place.path).unwrap().1;
    let Region { start, end } = Region::of(text, place.span);
    let end =
        if start.line == end.line { end.column.to_string() } else { format!("{}:{}", end.line, end.column) };
    format!("{}:{}:{}-{end}", place.path, start.line, start.column)
}

/// The fenced files of a case.
fn files(case: &str) -> Files {
    let blocks = case.split("\n```").skip(1).filter_map(|block| block.split_once('\n'));
    let named =
        blocks.filter_map(|(info, text)| Some((info.split_once(' ')?.1.to_owned(), format!("{text}\n"))));
    named.collect()
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
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lint")
}
