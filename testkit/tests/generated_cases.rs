//! The generated cases are worth comparing: they can be read, and every kind of decision is frequent.

use std::collections::BTreeMap;

use portcullis_authz::{Decision, spec};
use testkit::decisions::{choices, generate, read};

#[test]
fn every_decision_is_frequent() {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in 0..CASES {
        let case = generate::case(&choices::bytes(seed, generate::ENOUGH_BYTES));
        let input = read::input(&case).unwrap();
        let answer = spec::decide(&input.request, &input.policies);
        let name = match answer.decision() {
            _ if !answer.outcomes.is_settled() => "undetermined",
            Decision::Allowed => "allowed",
            Decision::ImplicitDeny => "implicitDeny",
            Decision::ExplicitDeny => "explicitDeny",
        };
        *counts.entry(name).or_default() += 1;
    }
    println!("{counts:?}");
    assert_eq!(counts.len(), 4, "{counts:?}");
    assert!(counts.values().all(|count| CASES / 12 <= *count as u64), "{counts:?}");
}

const CASES: u64 = 3_000;
