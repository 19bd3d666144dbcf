//! The changes that are proposed: `changes.md` has the cases, each the files of a snapshot and what is proposed for it.
//!
//! With `PORTCULLIS_UPDATE=1` what is said replaces what was expected.
#![cfg(test)]
#![expect(clippy::disallowed_methods, reason = "the cases are a file")]

use std::fmt::Write as _;
use std::path::Path;

use portcullis_finding::proof::{Counterexample, Judgement};
use portcullis_prove::{Options, shown};

mod support;

#[test]
fn what_is_proposed_closes_and_breaks_nothing() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/changes.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let said = rerun(&page);
    if std::env::var_os("PORTCULLIS_UPDATE").is_some() {
        std::fs::write(&path, &said).unwrap();
        return;
    }
    for (expected, said) in page.lines().zip(said.lines()) {
        assert_eq!(expected, said, "PORTCULLIS_UPDATE=1 writes what is said");
    }
    assert_eq!(page, said);
}

/// The page with what is said today under each of its cases.
fn rerun(page: &str) -> String {
    let mut cases = page.split("\n## ");
    let mut said = cases.next().unwrap_or_default().to_owned();
    for case in cases {
        let (text, _) =
            case.split_once("\n```text changes\n").unwrap_or_else(|| panic!("no changes: {case}"));
        let _ = write!(said, "\n## {text}\n```text changes\n{}```\n", say(text));
    }
    said
}

/// What is proposed for everything that is refuted.
fn say(text: &str) -> String {
    let case = support::read(text);
    let estate = case.estate();
    let shown = shown::proved(&estate, &Options::default());
    let lines = |judgement: &Judgement| {
        let first = judgement.counterexamples().next().map(|(_, found)| lines(judgement, found));
        first.unwrap_or_default()
    };
    shown.iter().map(lines).collect()
}

fn lines(judgement: &Judgement, found: &Counterexample) -> String {
    let name = |arn: &str| arn.rsplit_once(":").map_or(arn, |(_, name)| name).to_owned();
    let names: Vec<String> = judgement.subjects.iter().map(|arn| name(arn)).collect();
    let mut text = format!("{}, {}\n", judgement.property.id, names.join(" "));
    if let Some(change) = &found.change {
        let _ = writeln!(text, "    {}", change.title);
        let _ = write!(text, "    proved for {} of {}", change.proved_for, names.len());
        for (words, ids) in [("also closes", &change.also_closes), ("keeps", &change.keeps)] {
            let _ = if ids.is_empty() { Ok(()) } else { write!(text, "; {words} {}", ids.join(" ")) };
        }
        let _ = match change.others {
            0 => writeln!(text),
            others => writeln!(text, "; touches {others} more"),
        };
    }
    if let Some(passed_over) = &found.passed_over {
        let broken =
            passed_over.breaks.iter().map(|own| format!("{} of {}", own.property, name(&own.principal)));
        let broken: Vec<String> = broken.collect();
        let _ = writeln!(text, "    not: {}\n    it breaks {}", passed_over.title, broken.join(", "));
    }
    text
}
