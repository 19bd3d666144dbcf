//! The engines, the prover and lint on every published policy of the corpus.

use std::process::Command;

use crate::failure::Outcome;
use crate::{files, program};

use super::Verdict;

/// The package and its suites over the corpus.
const SUITES: [(&str, &str); 3] = [
    ("testkit", "decisions_published"),
    ("portcullis-prove", "corpus"),
    ("portcullis-checks", "lint_corpus"),
];

/// Without the corpus the tests themselves say that they skip.
pub(super) fn run() -> Outcome<Verdict> {
    for (package, suite) in SUITES {
        let mut compare = Command::new("cargo");
        compare.args(["test", "--quiet", "--release", "--package", package, "--test", suite]);
        program::run(compare.args(["--", "--nocapture"]).current_dir(files::root()))?;
    }
    Ok(Verdict::Passed)
}
