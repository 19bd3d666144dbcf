//! The rules about comments that accept flaws have pages, whose cases are run with all rules of lint.
//!
//! A case is a heading, files in fenced blocks, and what is reported in a block `text findings`. With
//! `PORTCULLIS_UPDATE=1` what is said replaces what was expected.
#![cfg(test)]
#![expect(clippy::disallowed_methods, reason = "the pages are files")]

use std::fmt::Write as _;
use std::path::Path;

use portcullis_checks::review::{File, Options, Part, review};
use portcullis_checks::suppress::RULES;

#[test]
fn the_cases_of_every_page_hold() {
    for rule in RULES {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/suppress");
        let path = folder.join(format!("{}.md", rule.id));
        let page = std::fs::read_to_string(&path).unwrap();
        let said = rerun(&page);
        if std::env::var_os("PORTCULLIS_UPDATE").is_some() {
            std::fs::write(&path, &said).unwrap();
        }
        assert_eq!(said, page, "{}: PORTCULLIS_UPDATE=1 writes what is said", rule.id);
        assert!(said.contains(&format!(" {}: ", rule.id)), "{}: no case has a finding", rule.id);
        assert!(!rule.rationale().is_empty() && !rule.remediation().is_empty(), "{}", rule.id);
    }
}

/// The page with what is said today under each of its cases.
fn rerun(page: &str) -> String {
    let mut parts = page.split("\n### ");
    let mut said = parts.next().unwrap().to_owned();
    for case in parts {
        let (text, _) = case.split_once("\n```text findings\n").unwrap();
        let _ = write!(said, "\n### {text}\n```text findings\n{}```\n", say(text));
    }
    said
}

/// One line for each flaw that is not simply there: its line, its rule and its message.
fn say(case: &str) -> String {
    let report = review(&files(case), &Options::default());
    assert!(report.unread.is_empty(), "{:?}", report.unread);
    let mut lines = String::new();
    for flaw in &report.diagnostics {
        let line = report.region(&flaw.place).unwrap().start.line;
        let _ = write!(lines, "{line}: {} {}: {}", flaw.status, flaw.rule.id, flaw.message);
        let _ = match &flaw.accepted {
            Some(why) => writeln!(lines, " (accepted: {why})"),
            None => writeln!(lines),
        };
    }
    lines
}

fn files(case: &str) -> Vec<File> {
    let blocks = case.split("\n```").skip(1).filter_map(|block| block.split_once('\n'));
    let named = blocks.filter_map(|(info, text)| Some((info.split_once(' ')?.1, text)));
    let file = |(path, text): (&str, &str)| File {
        path: path.into(),
        text: format!("{text}\n").into(),
        part: Part::Linted,
    };
    named.map(file).collect()
}
