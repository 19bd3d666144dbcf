//! Every rule of lint has a page, and every page's cases are run.
//!
//! A case is a heading, files in fenced blocks (`json force-mfa.json`, `hcl main.tf`), and what the rule of the page
//! says of them in a block `text findings`. With `PORTCULLIS_UPDATE=1` what is said replaces what was expected.
//! Every fix is applied, and must remove its finding.
#![cfg(test)]

use std::fmt::Write as _;
use std::path::Path;

use portcullis_checks::LintRule;
use portcullis_checks::audit::CHECKS;
use portcullis_checks::lint::{self, RULES};
use portcullis_finding::diagnostic::{Fix, Region};
use portcullis_finding::{Diagnostic, Selection, Status};
use testkit::rule_pages::{self, RulePages};

/// Files by path.
type Files = Vec<(String, String)>;

#[test]
fn table_folder_and_pages_agree() {
    pages().assert_complete(&[]);
    for LintRule { rule, .. } in RULES {
        assert!(CHECKS.iter().all(|check| check.rule.id != rule.id), "{}: the id is a check's", rule.id);
    }
}

#[test]
fn the_cases_of_every_page_hold() {
    pages().assert_cases(|case, rule| say(&rule_pages::files(case), rule.id));
}

#[test]
fn every_page_has_cases_with_and_without_a_finding() {
    for LintRule { rule, .. } in RULES {
        let cases = || rule.page.split("\n```text findings\n").skip(1);
        assert!(cases().any(|said| said.starts_with("```")), "{}: every case has a finding", rule.id);
        assert!(cases().any(|said| !said.starts_with("```")), "{}: no case has a finding", rule.id);
    }
}

fn pages() -> RulePages {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lint");
    RulePages::new(folder, RULES.iter().map(|rule| &rule.rule), "text findings")
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
