//! Every property has a page, and every page's cases are run.
//!
//! A case is a heading, the files of a snapshot in fenced blocks (`csv credential-report.csv`), perhaps what is intended
//! (`toml portcullis.toml`) or proposed (`json proposal to all-users`), and what the property of the page says of them in
//! a block `text verdicts`. A file `before/…` is of the earlier snapshot; files that the two share need to be written
//! once only. With `PORTCULLIS_UPDATE=1` what is said replaces what was expected.
#![cfg(test)]
#![expect(clippy::disallowed_methods, reason = "the pages are files")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use portcullis_prove::{Judgement, Options, PROPERTIES, Verdict, prove};

mod support;

#[test]
fn table_folder_and_pages_agree() {
    let ids: BTreeSet<_> = PROPERTIES.iter().map(|own| own.rule.id.to_owned()).collect();
    assert_eq!(ids.len(), PROPERTIES.len(), "an id is used twice");
    assert_eq!(ids, stems("md"), "table and pages differ");
    let files: BTreeSet<_> = stems("rs").iter().map(|stem| stem.replace('_', "-")).collect();
    assert_eq!(ids, files, "table and folder differ");
    for rule in PROPERTIES.iter().map(|own| &own.rule) {
        assert!(rule.title() != rule.id && !rule.title().ends_with('.'), "{}: no title", rule.id);
        assert!(!rule.rationale().is_empty(), "{}: why does it matter?", rule.id);
        assert!(!rule.remediation().is_empty(), "{}: what is to be done?", rule.id);
        assert!(rule.page.contains("\n## What is proven\n"), "{}: what is proven?", rule.id);
        assert!(rule.page.contains("\n## What is assumed\n"), "{}: what is assumed?", rule.id);
    }
}

#[test]
fn the_cases_of_every_page_hold() {
    let update = std::env::var_os("PORTCULLIS_UPDATE").is_some();
    let mut wrong = Vec::new();
    for property in PROPERTIES {
        let path = folder().join(format!("{}.md", property.rule.id));
        let page = std::fs::read_to_string(&path).unwrap();
        let said = rerun(&page, property.rule.id);
        if update {
            std::fs::write(&path, &said).unwrap();
        } else if said != page {
            wrong.push(difference(property.rule.id, &page, &said));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The page with what the property says today under each of its cases.
fn rerun(page: &str, id: &str) -> String {
    let (head, cases) = page.split_once("\n## Cases\n").unwrap_or_else(|| panic!("{id}: no cases"));
    let mut said = format!("{head}\n## Cases\n");
    let mut parts = cases.split("\n### ");
    said.push_str(parts.next().unwrap());
    let mut number = 0;
    for case in parts {
        let (text, verdicts) =
            case.split_once("\n```text verdicts\n").unwrap_or_else(|| panic!("{id}: {case}"));
        let _ = write!(said, "\n### {text}\n```text verdicts\n{}```\n", say(text, id));
        assert!(verdicts.trim_end().ends_with("```"), "{id}: text after the verdicts of a case");
        number += 1;
    }
    assert!(0 < number, "{id}: no cases");
    said
}

/// What the property says of a case.
fn say(text: &str, id: &str) -> String {
    let case = support::read(text);
    let options = Options { properties: vec![id.to_owned()], ..Options::default() };
    prove(&case.estate(), &options).iter().map(line).collect()
}

/// One line for a judgement, and one for each flaw, each with the requests that show it.
fn line(judgement: &Judgement<'_>) -> String {
    let names: Vec<&str> = judgement.subjects.iter().map(|own| own.arn.resource()).collect();
    let kind = judgement.kind.map_or("", |kind| kind.id());
    let mut text = format!("{} {} {kind}", judgement.verdict.name(), names.join(" "));
    match &judgement.verdict {
        Verdict::Proved(proof) => {
            if let Some(behind) = &proof.behind {
                let _ = write!(text, ", behind it {:?}", behind.power);
                let action = behind.request.as_ref().map(|step| &step.request.action);
                action.iter().for_each(|action| text.push_str(&format!(": {action}")));
            }
            text.push('\n');
        }
        Verdict::Undecided(doubt) => {
            let gaps = doubt.gaps.iter().map(|gap| gap.0.to_string());
            let keys = doubt.keys.iter().map(|key| format!("depends on {key}"));
            let why: Vec<String> = gaps.chain(keys).collect();
            let _ = writeln!(text, ": {}", why.join("; "));
        }
        Verdict::Refuted(refutation) => {
            for (place, flaw) in refutation.flaws.iter().enumerate() {
                let lead = if place == 0 { ":" } else { "  and" };
                let _ = writeln!(text, "{lead} {}, {}", flaw.severity, flaw.message);
                for step in &flaw.steps {
                    let request = &step.request;
                    let _ = writeln!(
                        text,
                        "    {}: {} on {} is {:?}",
                        step.title, request.action, request.resource, step.access
                    );
                }
            }
        }
    }
    text
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
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/property")
}
