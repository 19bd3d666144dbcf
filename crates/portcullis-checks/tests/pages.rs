//! Every check has a page, and every page's cases are run.
//!
//! A case is a heading, the files of a snapshot in fenced blocks (`csv credential-report.csv`), and what the check of
//! the page says of them in a block `text findings`. With `PORTCULLIS_UPDATE=1` what is said replaces what was expected.
#![cfg(test)]

use std::fmt::Write as _;
use std::path::Path;

use portcullis_checks::audit::CHECKS;
use portcullis_checks::{Options, run};
use portcullis_finding::{Audit, Origin, Selection, Status, Tool};
use portcullis_guardrail::{Intent, intent};
use portcullis_iam::Timestamp;
use portcullis_snapshot::import::import;
use testkit::rule_pages::{self, RulePages};

/// The time of every case, and of its snapshot where it has no manifest.
const NOW: &str = "2026-11-24T09:00:00Z";

#[test]
fn table_folder_and_pages_agree() {
    pages().assert_complete(&[]);
}

#[test]
fn the_cases_of_every_page_hold() {
    pages().assert_cases(|case, rule| say(case, rule.id));
}

fn pages() -> RulePages {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/audit");
    RulePages::new(folder, CHECKS.iter().map(|check| &check.rule), "text findings")
}

/// What the check says of the files of a case.
fn say(case: &str, id: &str) -> String {
    let mut files: Vec<_> =
        rule_pages::files(case).into_iter().map(|(path, text)| (place(path), text)).collect();
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

/// Where a file lies: in the folder of the account where it names none.
fn place(path: String) -> String {
    let shared = path.contains("organization/") || ["manifest.json", "portcullis.toml"].contains(&&*path);
    let has_folder = path.starts_with(|first: char| first.is_ascii_digit());
    if shared || has_folder { path } else { format!("111111111111/{path}") }
}
