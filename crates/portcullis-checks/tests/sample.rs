//! The audit of the sample organization finds what was planted there, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use portcullis_checks::audit::CHECKS;
use portcullis_checks::{Options, run};
use portcullis_finding::{Selection, Status, Tool};
use portcullis_guardrail::intent;
use portcullis_snapshot::import;
use testkit::sample::{Sample, sample};

/// What is found of a resource: `check`, or `(check)` when an exemption accepts it.
type Found = BTreeMap<String, BTreeSet<String>>;

#[test]
fn what_is_found_is_what_was_planted() {
    let sample = sample();
    let (found, planted) = (found(&sample), planted(&sample));
    let resources: BTreeSet<&String> = found.keys().chain(planted.keys()).collect();
    let differing: Vec<String> = resources
        .into_iter()
        .filter(|resource| found.get(*resource) != planted.get(*resource))
        .map(|resource| {
            format!("{resource}\n  planted {:?}\n  found   {:?}", planted.get(resource), found.get(resource))
        })
        .collect();
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

fn planted(sample: &Sample) -> Found {
    let mut planted = Found::new();
    for row in &sample.truth {
        let failed = row.checks.iter().map(|check| (*check).to_owned());
        let exempt = row.exempt.iter().map(|check| format!("({check})"));
        planted.entry(row.resource.clone()).or_default().extend(failed.chain(exempt));
    }
    planted.retain(|_, checks| !checks.is_empty());
    planted
}

fn found(sample: &Sample) -> Found {
    let files: Vec<_> = sample.files.iter().collect();
    let Ok(snapshot) = import::import(&files) else { return Found::new() };
    let ids: Vec<&str> = CHECKS.iter().map(|check| check.rule.id).collect();
    let text =
        sample.files.get("portcullis.toml").map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default();
    let Ok(intent) = intent::parse(&text, &ids) else { return Found::new() };
    let options = Options {
        tool: Tool { version: "0".into(), catalog: "0".into() },
        now: sample.taken_at,
        selection: Selection::default(),
    };
    let mut found = Found::new();
    for finding in run(&snapshot, &intent, &options).findings {
        let check = match finding.status {
            Status::Fail => finding.rule.id.to_owned(),
            Status::Exempt => format!("({})", finding.rule.id),
            Status::Unknown => format!("{} unknown: {}", finding.rule.id, finding.message),
        };
        found.entry(finding.resource.to_string()).or_default().insert(check);
    }
    found
}
