//! A replay of a generated trail finds what was planted in it, and nothing else: for every user, every action.
#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;
use snapbox::cmd::{Command, cargo_bin};
use testkit::large::Size;
use testkit::trail::{self, Damaged, Denied, Plan, Sort, Truth, User};

const SIZE: Size = Size { accounts: 4, users: 240, policy_sets: 120, seed: 7 };

/// The folder of a trail, its truth, and what the replay says of it.
fn replayed(name: &str, plan: &Plan) -> (Truth, Value) {
    let folder = scratch(name);
    let truth = trail::write(&folder, plan).unwrap();
    let output = Command::new(cargo_bin!("portcullis"))
        .arg("replay")
        .arg(folder.join("AWSLogs"))
        .arg("--guardrail")
        .arg(folder.join("guardrail.json"))
        .args(["--format", "json"])
        .output()
        .unwrap();
    (truth, serde_json::from_slice(&output.stdout).unwrap())
}

fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// What the replay says would have been denied, as the truth puts it.
fn denied(principal: &Value) -> BTreeMap<String, Denied> {
    let mut denied: BTreeMap<String, Denied> = BTreeMap::new();
    let deeds = principal["deeds"].as_array().unwrap();
    for deed in deeds.iter().filter(|deed| deed["fate"] == "denied") {
        assert_eq!(deed["via"], Value::Null);
        let own = Denied {
            events: number(&deed["events"]),
            first: text(&deed["first"]),
            last: text(&deed["last"]),
        };
        assert!(denied.insert(text(&deed["action"]), own).is_none());
    }
    denied
}

fn check_user(arn: &str, truth: &User, said: Option<&Value>) {
    let Some(said) = said else {
        assert!(truth.denied.is_empty() && truth.already_denied == 0, "{arn}: {truth:?}");
        return;
    };
    assert_eq!(denied(said), truth.denied, "{arn}");
    let events = &said["events"];
    assert_eq!(number(&events["refused"]), truth.already_denied, "{arn}");
    let passes = truth.forwarded + truth.with_mfa + truth.self_service + truth.spared;
    assert_eq!(number(&events["passes"]), passes, "{arn}");
    assert_eq!(number(&events["cannot_tell"]), 0, "{arn}");
}

fn resources(needs: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let set = |need: &Value| need["resources"].as_array().unwrap().iter().map(text).collect();
    needs.as_array().unwrap().iter().map(|need| (text(&need["action"]), set(need))).collect()
}

#[test]
fn a_replay_finds_what_was_planted() {
    let plan = Plan { size: SIZE, days: 12, bytes: 20_000_000, damaged: Damaged::Some };
    let (truth, output) = replayed("replay-truth", &plan);
    let read = &output["read"];
    assert_eq!(number(&read["delivered_again"]), truth.records.delivered_again);
    assert_eq!(number(&read["records"]), truth.records.distinct + truth.records.delivered_again);
    assert_eq!(read["faults"].as_object().unwrap().len() as u64, truth.files.damaged.values().sum::<u64>());
    assert_eq!(output["unmapped"], serde_json::json!({}));

    let said: BTreeMap<String, &Value> =
        output["principals"].as_array().unwrap().iter().map(|own| (text(&own["arn"]), own)).collect();
    for (arn, user) in &truth.users {
        check_user(arn, user, said.get(arn).copied());
    }
    let planted: u64 = truth.users.values().flat_map(|user| user.denied.values()).map(|own| own.events).sum();
    assert_eq!(number(&output["events"]["denied"]), planted);
    assert!(500 < planted, "{planted}");

    // People are never taken for programs, and programs that ran often enough to be told are.
    let mut recognized = 0;
    for (arn, user) in &truth.users {
        let Some(own) = said.get(arn) else { continue };
        let is_automation = own["is_automation"] == true;
        match (user.sort, &user.job) {
            (Sort::Automation, Some(job)) if is_automation => {
                recognized += 1;
                let found = resources(&own["needs"]);
                assert_eq!(found.keys().collect::<Vec<_>>(), job.uses.keys().collect::<Vec<_>>(), "{arn}");
            }
            (Sort::Automation, _) => {
                let events: u64 = user.denied.values().map(|own| own.events).sum();
                assert!(events < 10, "{arn} is a program: {own:#}");
            }
            (Sort::PersonWithDevice | Sort::PersonWithoutDevice | Sort::BreakGlass, _) => {
                assert!(!is_automation, "{arn}: {own:#}");
            }
        }
    }
    assert!(3 < recognized, "{recognized}");
}
