//! The generated problems are worth asking: they can be read, and they differ in what they ask.

use std::collections::BTreeSet;

use portcullis_prove::{Domain, Prover, Reach, reach};
use testkit::problems;

#[test]
fn every_problem_can_be_read() {
    let mut documents = BTreeSet::new();
    let mut mfa = BTreeSet::new();
    for number in 0..500 {
        let problem = problems::numbered(1, number);
        problem.read().unwrap();
        documents.insert(format!("{:?}", problem.case.request.policy_input_list));
        mfa.extend(problem.facts.get("aws:MultiFactorAuthPresent").cloned());
    }
    assert!(450 <= documents.len(), "{}", documents.len());
    assert!(mfa.contains(&Domain::Absent) && 4 <= mfa.len(), "{mfa:?}");
    for (name, problem) in problems::adversarial() {
        assert!(problem.read().is_ok(), "{name}");
    }
}

/// Whatever nobody knows of a test, it is the same both times that a policy makes it.
#[test]
fn no_policy_refuses_what_it_allows() {
    let (mut prover, mut closed) = (Prover::new(), 0);
    for number in 0..500 {
        let problem = problems::numbered(2, number).twice();
        let asked = problem.read().unwrap();
        match reach(&mut prover, &asked.question()) {
            Reach::Closed(_) => closed += 1,
            // Of a policy that could not be read, the prover does not know that it is one.
            Reach::Undecided(doubt) => assert!(!doubt.spent, "{doubt:?} {problem}"),
            Reach::Open(_) => panic!("{problem}"),
        }
    }
    assert!(450 <= closed, "{closed}");
}
