//! The generated problems are worth asking: they can be read, and they differ in what they ask.

use std::collections::BTreeSet;

use portcullis_prove::Domain;
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
