//! Runs `tests/problems/<code>.txt`: policies, and every problem that is found in each.
//!
//! A case is a title line `== KIND: title`, the policy, a line `--`, and one line per problem:
//! `LINE:COLUMN tier code token`. A policy that reads without a problem has no such line.

#![expect(clippy::disallowed_methods, reason = "the cases are files")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::*;
use crate::problem::Tier;
use crate::span::position;

#[test]
fn every_case_finds_exactly_its_problems() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/problems");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut wrong = String::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let code = file.file_stem().unwrap().to_str().unwrap();
        if !text.contains(&format!(" {code} ")) {
            wrong += &format!("\n{code}: no case shows the problem\n");
        }
        for case in text.split("== ").filter(|case| !case.trim().is_empty()) {
            wrong += &check(code, case);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Nothing, or what is found in place of what the case expects.
fn check(code: &str, case: &str) -> String {
    let (title, rest) = case.split_once('\n').unwrap();
    let (kind, _) = title.split_once(": ").unwrap_or_else(|| panic!("{code}: {title}: no kind"));
    let (text, expected) = rest.split_once("\n--").unwrap_or_else(|| panic!("{code}: {title}: no `--`"));
    let found = validate::document(text, kind_of(kind)).problems;
    let shown: Vec<_> = found.iter().map(|problem| show(text, problem)).collect();
    if shown.join("\n") == expected.trim() {
        return String::new();
    }
    let mut wrong = format!("\n{code}: {title}\n");
    for (line, problem) in shown.iter().zip(&found) {
        let _ =
            writeln!(wrong, "{line}\n    {} ({})", problem.message, problem.hint.as_deref().unwrap_or(""));
    }
    wrong
}

fn show(text: &str, problem: &Problem) -> String {
    let at = position(text, problem.span.start);
    let tier = match problem.tier {
        Tier::Rejected => "rejected",
        Tier::Suspicious => "suspicious",
    };
    let token: String = problem.span.of(text).chars().take(60).collect();
    let token = if token.is_empty() { "-".into() } else { token.replace('\n', " ") };
    format!("{}:{} {tier} {} {token}", at.line, at.column, problem.code)
}

fn kind_of(name: &str) -> PolicyKind {
    match name {
        "identity" => PolicyKind::Identity,
        "group" => PolicyKind::Group,
        "boundary" => PolicyKind::Boundary,
        "session" => PolicyKind::Session,
        "scp" => PolicyKind::ServiceControl,
        "rcp" => PolicyKind::ResourceControl,
        "resource" => PolicyKind::Resource,
        "trust" => PolicyKind::Trust,
        "endpoint" => PolicyKind::Endpoint,
        other => panic!("unknown kind {other}"),
    }
}
