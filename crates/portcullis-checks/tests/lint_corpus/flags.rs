//! What the collector's rules flag in the policies about MFA, and what ours say of it.
//!
//! A row: `flag | rules of which each fires | rules of which none fires | policies of which that is not so, and why`.

use std::collections::{BTreeMap, BTreeSet};

use portcullis_finding::Status;
use testkit::collected;

use crate::lint;

const TABLE: &str = include_str!("flags.txt");

/// A row of the table.
struct Row<'t> {
    flag: &'t str,
    fire: Vec<&'t str>,
    stay: Vec<&'t str>,
    /// Policies of which the row does not hold, each with a reason.
    apart: BTreeMap<&'t str, &'t str>,
}

impl<'t> Row<'t> {
    fn parse(line: &'t str) -> Self {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [flag, fire, stay, apart] = cells[..] else { panic!("four cells: {line}") };
        let list = |cell: &'t str| cell.split(", ").filter(|own| !own.is_empty()).collect();
        let apart = apart.split("; ").filter(|own| !own.is_empty());
        let apart = apart.map(|own| own.split_once(": ").unwrap_or_else(|| panic!("no reason: {own}")));
        Self { flag, fire: list(fire), stay: list(stay), apart: apart.collect() }
    }

    /// What is not as the row says, of the rules that fired on a policy with the flag.
    fn complaints(&self, fired: &BTreeSet<&str>) -> Vec<String> {
        let missing = self.fire.iter().filter(|rule| !fired.contains(*rule));
        let missing = missing.map(|rule| format!("{rule} does not fire"));
        let wrong = self.stay.iter().filter(|rule| fired.contains(*rule)).map(|rule| format!("{rule} fires"));
        missing.chain(wrong).collect()
    }
}

#[test]
fn each_flag_has_its_rules() {
    let Some(folder) = collected::folder() else { return };
    let lines = TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let rows: BTreeMap<&str, Row<'_>> = lines.map(Row::parse).map(|row| (row.flag, row)).collect();
    let (mut wrong, mut seen) = (Vec::new(), BTreeSet::new());
    for policy in collected::policies(&folder.join("mfa-policies/mfa_policies.jsonl")) {
        let found = lint(&policy);
        let fired: BTreeSet<&str> =
            found.iter().filter(|own| own.status == Status::Fail).map(|own| own.rule.id).collect();
        for flag in policy.list("flags") {
            let Some((flag, row)) = rows.get_key_value(flag.as_str()) else {
                wrong.push(format!("the table has no flag {flag}"));
                continue;
            };
            seen.insert(*flag);
            let complaints = row.complaints(&fired);
            match (row.apart.contains_key(policy.id.as_str()), complaints.is_empty()) {
                (true, true) => wrong.push(format!("{flag}: {} is no exception any more", policy.id)),
                (false, false) => wrong.push(format!("{flag}: {}: {}", policy.id, complaints.join(", "))),
                (true, false) | (false, true) => {}
            }
        }
    }
    let unseen = rows.keys().filter(|flag| !seen.contains(*flag)).map(|flag| format!("nothing has {flag}"));
    wrong.extend(unseen);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
