//! The engines agree on generated cases: `spec == decide == compiled`, and what is open stays within what was possible.
//!
//! The long suite is `cargo xtask e2e decisions`.

use proptest::prelude::*;
use testkit::decisions::{agree, generate, minimise, read};

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, max_shrink_iters: 0, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_engines_agree(bytes in prop::collection::vec(any::<u8>(), generate::ENOUGH_BYTES)) {
        let case = generate::case(&bytes);
        if let Err(difference) = check(&case, &bytes) {
            let fails = |smaller: &_| read::input(smaller).is_ok() && check(smaller, &bytes).is_err();
            let smallest = serde_json::to_string_pretty(&minimise::case(&case, fails)).unwrap();
            prop_assert!(false, "{}\n{}", difference, smallest);
        }
    }
}

fn check(case: &testkit::decisions::Case, bytes: &[u8]) -> Result<(), String> {
    let answer = agree::check(case)?;
    agree::check_refined(case, &answer, bytes)
}
