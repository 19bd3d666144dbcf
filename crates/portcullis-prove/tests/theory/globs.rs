//! Patterns against patterns, held against all short texts.

use portcullis_iam::pattern::{matches_text, parts};
use portcullis_prove::theory::Solved;
use portcullis_prove::theory::glob::{contains, intersects};
use proptest::prelude::*;

use crate::support::texts;

/// Texts that are longer than any of the patterns below; `x` is in none of them.
fn pool() -> &'static [String] {
    static POOL: std::sync::OnceLock<Vec<String>> = std::sync::OnceLock::new();
    POOL.get_or_init(|| texts(&["a", "b", "x"], 8))
}

fn check(left: &str, right: &str) {
    let both = |text: &&String| matches_text(left, text) && matches_text(right, text);
    let only_right = |text: &&String| !matches_text(left, text) && matches_text(right, text);
    match intersects(&parts(left), &parts(right)) {
        Solved::Some(text) => assert!(both(&&String::from(text)), "{left} {right}"),
        Solved::None => assert_eq!(pool().iter().find(both), None, "{left} {right}"),
        Solved::Unknown => panic!("unknown: {left} {right}"),
    }
    match contains(&parts(left), &parts(right)) {
        Solved::Some(text) => assert!(only_right(&&String::from(text)), "{left} {right}"),
        Solved::None => assert_eq!(pool().iter().find(only_right), None, "{left} {right}"),
        Solved::Unknown => panic!("unknown: {left} {right}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn pairs(left in "[ab*?]{0,5}", right in "[ab*?]{0,5}") {
        check(&left, &right);
    }

    #[test]
    fn pairs_that_are_alike(left in "[ab*?]{1,5}", place in 0_usize..5, letter in "[ab*?]{0,2}") {
        let mut right: Vec<char> = left.chars().collect();
        let place = place % right.len();
        right.splice(place..=place, letter.chars());
        let right: String = right.into_iter().collect();
        check(&left, &right);
        check(&right, &left);
    }
}
