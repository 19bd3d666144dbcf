//! The written cases through the product's own reader of simulation requests: same decision, same keys.
#![cfg(test)]

use std::collections::BTreeSet;

use portcullis_authz::simulation::{EvaluationResult, Explain, Shelf, Simulation, SimulationRequest};
use serde_json::{Value, json};
use testkit::decisions::{Case, Expect, Facts, corpus};

/// Cases about what AWS's API refuses to simulate, and the beginning of its refusal.
const REFUSED: [(&str, &str); 15] = [
    ("null-true-on-an-empty-list", "Context values for context key"),
    ("ipaddress-what-is-no-address-matches-nothing", "Invalid context value for key"),
    ("binaryequals", "1 validation error detected"),
    ("binaryequals-other-bytes", "1 validation error detected"),
    ("binaryequals-padding-bits", "1 validation error detected"),
    ("binaryequals-no-base64-matches-nothing", "1 validation error detected"),
    ("numeric-a-non-number-matches-nothing", "Invalid context value for key"),
    ("a-variable-in-an-action-is-text", "Policy input list item 1 has invalid content"),
    ("two-boundary-policies-join", "The list of Permissions Boundary policies"),
    ("a-level-without-scps-denies", "Organization policy at index 2"),
    ("principals-take-no-wildcards", "Resource policy has invalid content: Invalid principal"),
    ("a-question-mark-never-crosses-a-colon", "Policy input list item 1 has invalid content"),
    ("forallvalues-on-an-empty-list", "Context values for context key"),
    ("foranyvalue-on-an-empty-list", "Context values for context key"),
    ("a-negated-operator-on-an-empty-list", "Context values for context key"),
];

/// Cases in which a key of the caller's own is absent, which no real request knows: the simulation derives it.
const DERIVED: [&str; 7] = [
    "absent-fails-stringequals",
    "absent-fails-stringlike",
    "absent-passes-negated-ifexists",
    "absent-passes-stringnotequals",
    "absent-passes-stringnotequalsignorecase",
    "absent-passes-stringnotlike",
    "null-false-on-an-absent-key",
];

#[test]
fn a_simulation_decides_every_case_as_documented() {
    let cases = corpus::cases().unwrap();
    let simulated: Vec<_> = cases.iter().filter(|case| can_be_asked(case)).collect();
    assert!(380 <= simulated.len(), "{} cases", simulated.len());
    let wrong: Vec<String> = simulated.into_iter().filter_map(difference).collect();
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
}

/// What a simulation request has no member for is left out: gaps, empty layers, and what a session hides.
fn can_be_asked(case: &Case) -> bool {
    let beyond = Facts { credential: None, ..case.facts.clone() };
    beyond.is_empty() && !DERIVED.contains(&&*case.name)
}

fn difference(case: &Case) -> Option<String> {
    let name = &case.name;
    let refused = REFUSED.iter().find(|(refused, _)| refused == name);
    match (simulate(case), refused) {
        (Ok(result), None) => {
            let expected = expected(case.expect.as_ref()?);
            let found = found(&result);
            (found != expected).then(|| format!("{name}: {found:?} instead of {expected:?}"))
        }
        (Err(message), Some((_, start))) if message.starts_with(start) => None,
        (Err(message), _) => Some(format!("{name}: refused: {message}")),
        (Ok(_), Some(_)) => Some(format!("{name}: not refused")),
    }
}

fn simulate(case: &Case) -> Result<EvaluationResult, String> {
    let mut request = serde_json::to_value(&case.request).unwrap();
    let defaults =
        [("PolicyInputList", json!([])), ("CallerArn", json!("arn:aws:iam::111111111111:user/alice"))];
    for (member, default) in defaults {
        request.as_object_mut().unwrap().entry(member).or_insert(default);
    }
    if let Some(credential) = &case.facts.credential {
        request["Credential"] = Value::from(credential.as_str());
    }
    let request = SimulationRequest::parse(&request.to_string()).map_err(|fault| fault.message)?;
    let simulation = Simulation::new(&request, &mut Shelf::default()).map_err(|fault| fault.message)?;
    Ok(simulation.respond(Explain::No).evaluation_results.remove(0))
}

/// The most closed decision that is possible, and the keys that would settle it.
fn expected(expect: &Expect) -> (String, Option<BTreeSet<String>>) {
    match expect {
        Expect::Settled(decision) => (decision.clone(), None),
        Expect::Undetermined { one_of, keys } => {
            let closed =
                ["explicitDeny", "implicitDeny"].into_iter().find(|decision| one_of.contains(*decision));
            (closed.unwrap_or("allowed").to_owned(), Some(keys.clone()))
        }
    }
}

fn found(result: &EvaluationResult) -> (String, Option<BTreeSet<String>>) {
    let decision = serde_json::to_value(result.eval_decision).unwrap();
    let keys = result.undetermined.as_ref();
    let keys = keys.map(|open| open.keys.iter().map(|key| key.to_ascii_lowercase()).collect());
    (decision.as_str().unwrap_or_default().to_owned(), keys)
}
