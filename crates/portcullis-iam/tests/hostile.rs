//! Texts that are made to cost time or memory: every one is read or refused, and little is said about any.
//!
//! What each of them takes is measured by `cargo xtask bench parse`.

#[cfg(test)]
mod hostile {
    use portcullis_iam::parse::MAX_POLICY_BYTES;
    use portcullis_iam::problem::MAX_PROBLEMS;
    use portcullis_iam::{PolicyKind, Problem, validate};
    use testkit::hostile;

    fn problems(text: &str) -> Vec<Problem> {
        validate::document(text, PolicyKind::Identity).problems
    }

    #[test]
    fn few_and_short_problems_are_reported_of_any_text() {
        for hostile in hostile::texts(64 << 10) {
            let problems = problems(&hostile.text);
            assert!(problems.len() <= MAX_PROBLEMS, "{}: {} problems", hostile.name, problems.len());
            for problem in problems {
                let said = problem.message.len() + problem.hint.as_ref().map_or(0, String::len);
                assert!(said < 1_000, "{}: {said} bytes", hostile.name);
            }
        }
    }

    #[test]
    fn a_text_over_the_limit_is_refused_with_the_limit() {
        let said =
            |size: usize| problems(&" ".repeat(size)).pop().map(|problem| (problem.code, problem.message));
        let too_long = ("policy-too-long", "the policy is longer than 1048576 bytes".to_owned());
        assert_eq!(said(MAX_POLICY_BYTES + 1), Some(too_long));
        assert_eq!(said(MAX_POLICY_BYTES), Some(("json-syntax", "Syntax errors in policy.".to_owned())));
    }
}
