//! The engines agree on policies that people have published, under requests in the policies' own words.
//!
//! The policies stand in the folder that `PORTCULLIS_CORPUS` names; without it the suite says so. A debug build takes
//! few of them, `cargo xtask e2e published` all, but for the long managed ones, of which it takes one in ten.
#![cfg(test)]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::{env, fs};

use portcullis_iam::{PolicyKind, parse};
use serde_json::Value;
use testkit::decisions::{Choices, Expect, agree, choices, published};

/// Bytes for the requests of one policy: more than the largest of them uses.
const BYTES: usize = 20_000;

/// Of those that a test names, one in so many is taken.
const THINNED: usize = if cfg!(debug_assertions) { 30 } else { 1 };

#[test]
fn the_engines_agree_on_collected_policies() {
    check("policies/policy_corpus.jsonl", 1);
}

#[test]
fn the_engines_agree_on_control_policies() {
    check("scp/scp_rcp.jsonl", 1);
}

#[test]
fn the_engines_agree_on_mfa_policies() {
    check("mfa-policies/mfa_policies.jsonl", 1);
}

#[test]
fn the_engines_agree_on_managed_policies() {
    check("managed/aws_managed_policies.jsonl", 10);
}

/// Every `step`th of the policies of a file with one policy a line, as every kind that it may be.
fn check(file: &str, step: usize) {
    let Some(folder) = env::var_os("PORTCULLIS_CORPUS") else {
        println!("skipped: PORTCULLIS_CORPUS names no folder of collected policies");
        return;
    };
    let text = fs::read_to_string(PathBuf::from(folder).join("data").join(file)).unwrap();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (number, line) in text.lines().enumerate().step_by(step * THINNED) {
        let value: Value = serde_json::from_str(line).unwrap();
        let document = value["document"].to_string();
        for kind in kinds(value["kind"].as_str()) {
            let Some(policy) = parse::policy(&document, *kind).policy else { continue };
            let bytes = choices::bytes(number as u64, BYTES);
            for input in published::inputs(&Arc::new(policy), *kind, &mut Choices::new(&bytes)) {
                match agree::check_input(&input) {
                    Ok(answer) => *counts.entry(format!("{:?}", Expect::from(&answer))).or_default() += 1,
                    Err(reason) => {
                        panic!("{file}:{}: {reason}\n{:#?}\n{document}", number + 1, input.request)
                    }
                }
            }
        }
    }
    let (kinds, decided) = (counts.len(), counts.values().sum::<usize>());
    println!("{file}: {decided} decisions");
    assert!(2 <= kinds && 10 <= decided, "the requests say little: {counts:?}");
}

fn kinds(named: Option<&str>) -> &'static [PolicyKind] {
    match named {
        Some("trust") => &[PolicyKind::Trust],
        Some("resource") => &[PolicyKind::Resource],
        Some("resource/vpce") => &[PolicyKind::Resource, PolicyKind::Endpoint],
        Some("rcp") => &[PolicyKind::ResourceControl],
        Some("scp") => &[PolicyKind::ServiceControl],
        Some("identity/scp") => &[PolicyKind::Identity, PolicyKind::ServiceControl],
        _ => &[PolicyKind::Identity, PolicyKind::Boundary, PolicyKind::Session],
    }
}
