//! Any text as a policy of every kind: it is read or refused with places, and what is read survives printing.
#![no_main]

use libfuzzer_sys::fuzz_target;
use portcullis_iam::{PolicyKind, Problem, Tier, print, validate};

fuzz_target!(|text: &str| {
    for kind in KINDS {
        let parsed = validate::document(text, kind);
        parsed.problems.iter().for_each(|problem| check_place(problem, text));
        let Some(policy) = parsed.policy else {
            assert!(
                parsed.problems.iter().any(|problem| problem.tier == Tier::Rejected),
                "refused without a reason"
            );
            continue;
        };
        let minified = print::minified(&policy);
        for printed in [&minified, &print::pretty(&policy)] {
            let again = validate::document(printed, kind).policy.expect("what is printed can be read");
            assert_eq!(print::minified(&again), minified);
        }
    }
});

fn check_place(problem: &Problem, text: &str) {
    let (start, end) = (problem.span.start as usize, problem.span.end as usize);
    assert!(text.get(start..end).is_some(), "{problem:?} lies outside the text");
}

const KINDS: [PolicyKind; 9] = [
    PolicyKind::Identity,
    PolicyKind::Group,
    PolicyKind::Boundary,
    PolicyKind::Session,
    PolicyKind::ServiceControl,
    PolicyKind::ResourceControl,
    PolicyKind::Resource,
    PolicyKind::Trust,
    PolicyKind::Endpoint,
];
