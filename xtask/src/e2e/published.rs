//! The engines on every published policy of the corpus, under requests in the policies' own words.

use std::process::Command;

use crate::failure::Outcome;
use crate::{files, program};

use super::Verdict;

/// Without the corpus the tests themselves say that they skip.
pub(super) fn run() -> Outcome<Verdict> {
    let mut compare = Command::new("cargo");
    compare.args(["test", "--quiet", "--release", "--package", "testkit", "--test", "decisions_published"]);
    program::run(compare.args(["--", "--nocapture"]).current_dir(files::root()))?;
    Ok(Verdict::Passed)
}
