//! The prover: one policy set, one property, one kind of credential.

use std::collections::BTreeMap;
use std::path::Path;

use portcullis_iam::PolicyKind;
use portcullis_prove::{Prover, Reach};
use serde::Deserialize;
use serde_json::Value;
use testkit::collected;

use crate::failure::{Failure, Outcome};
use crate::files;

use super::figure::{Figure, Target, Unit};
use super::question::{self, Asked, KINDS};
use super::timing;

/// How often each question is asked again.
const RUNS: usize = 15;

/// The policy sets of the bench, with what must come out.
#[derive(Deserialize)]
struct Input {
    sets: Vec<Set>,
}

#[derive(Deserialize)]
struct Set {
    name: String,
    /// By the kind of credential.
    verdicts: BTreeMap<String, String>,
    identity: Vec<Value>,
    service_control: Vec<Value>,
}

pub(super) fn run() -> Outcome<Vec<Figure>> {
    let mut figures = measured("typical sets", &typical()?)?;
    if let Some(folder) = collected::folder() {
        for (what, file) in
            [("mfa-policies", "mfa-policies/mfa_policies.jsonl"), ("scp", "scp/scp_rcp.jsonl")]
        {
            let published = published(&folder.join(file))?;
            figures.extend(measured(&format!("{what} on an administrator"), &published)?);
        }
    }
    Ok(figures)
}

/// The sets of the bench, each with each kind of credential. A set that does not come out as it says is a failure.
pub(super) fn typical() -> Outcome<Vec<Asked>> {
    let path = files::root().join("corpus/bench/prove.json");
    let input: Input = serde_json::from_str(&files::read(&path)?)
        .map_err(|error| Failure::shape(&path, error.to_string()))?;
    let mut all = Vec::new();
    for set in &input.sets {
        let policies = |documents: &[Value], kind| -> Outcome<Vec<_>> {
            documents.iter().map(|document| question::policy(document, kind)).collect()
        };
        let identity = policies(&set.identity, PolicyKind::Identity)?;
        let policies = question::set(identity, policies(&set.service_control, PolicyKind::ServiceControl)?);
        for (kind, credential, mfa) in KINDS {
            let asked = Asked::new(format!("{}, {kind}", set.name), &policies, (credential, mfa))?;
            let found = question::word(&asked.answer(&mut Prover::new()));
            if set.verdicts.get(kind).is_none_or(|verdict| verdict != found) {
                return Err(Failure::Unmet(format!("{}: {found}", asked.name)));
            }
            all.push(asked);
        }
    }
    Ok(all)
}

/// The published policies that an administrator may have, or that may bind one.
fn published(path: &Path) -> Outcome<Vec<Asked>> {
    let everything = serde_json::json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}});
    let administrator = question::policy(&everything, PolicyKind::Identity)?;
    let mut all = Vec::new();
    for own in collected::policies(path) {
        let Some(policy) = portcullis_iam::parse::policy(&own.text, own.kind).policy.map(Into::into) else {
            continue;
        };
        let policies = match own.kind {
            PolicyKind::Identity | PolicyKind::Group => {
                question::set(vec![administrator.clone(), policy], Vec::new())
            }
            PolicyKind::ServiceControl => {
                let full = question::policy(&everything, PolicyKind::ServiceControl)?;
                question::set(vec![administrator.clone()], vec![full, policy])
            }
            PolicyKind::ResourceControl
            | PolicyKind::Boundary
            | PolicyKind::Session
            | PolicyKind::Resource
            | PolicyKind::Trust
            | PolicyKind::Endpoint => continue,
        };
        for (kind, credential, mfa) in KINDS {
            all.push(Asked::new(format!("{}, {kind}", own.id), &policies, (credential, mfa))?);
        }
    }
    Ok(all)
}

/// The median over the questions of the time that each takes: asked for the first time, and asked again.
fn measured(what: &str, all: &[Asked]) -> Outcome<Vec<Figure>> {
    let mut prover = Prover::new();
    let (mut first, mut again, mut undecided) = (Vec::new(), Vec::new(), 0);
    for asked in all {
        // The catalogue and the words of the language are read once for all questions.
        asked.answer(&mut Prover::new());
        let (milliseconds, answer) = timing::once_milliseconds(|| asked.answer(&mut prover));
        undecided += usize::from(matches!(answer, Reach::Undecided(_)));
        first.push(milliseconds * 1e3);
        again.push(timing::median_of(RUNS, || asked.answer(&mut prover)) * 1e3);
    }
    first.sort_by(f64::total_cmp);
    again.sort_by(f64::total_cmp);
    let middle = |times: &[f64]| times.get(times.len() / 2).copied().unwrap_or_default();
    let target = Target::AtMost(300.0);
    let figure = |name: &str, value| Figure::new(format!("{what}, {name}"), value, Unit::Microseconds);
    println!("  {what}: {} questions, {undecided} undecided", all.len());
    Ok(vec![
        figure("median when warm", middle(&again)).target(target),
        figure("slowest when warm", again.last().copied().unwrap_or_default()),
        figure("median when first asked", middle(&first)).target(target),
        figure("slowest when first asked", first.last().copied().unwrap_or_default()),
    ])
}
