//! Every property has a page, and every page's cases are run.
//!
//! A case is a heading, the files of a snapshot in fenced blocks (`csv credential-report.csv`), perhaps what is intended
//! (`toml portcullis.toml`) or proposed (`json proposal to all-users`), and what the property of the page says of them in
//! a block `text verdicts`. A file `before/…` is of the earlier snapshot; files that the two share need to be written
//! once only. With `PORTCULLIS_UPDATE=1` what is said replaces what was expected.
#![cfg(test)]

use std::fmt::Write as _;
use std::path::Path;

use portcullis_prove::{Judgement, Options, PROPERTIES, Verdict, prove};
use testkit::rule_pages::RulePages;

mod support;

#[test]
fn table_folder_and_pages_agree() {
    pages().assert_complete(&["What is proven", "What is assumed"]);
}

#[test]
fn the_cases_of_every_page_hold() {
    pages().assert_cases(|case, rule| say(case, rule.id));
}

fn pages() -> RulePages {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/property");
    RulePages::new(folder, PROPERTIES.iter().map(|own| &own.rule), "text verdicts")
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
