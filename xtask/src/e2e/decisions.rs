//! The engines against the reference semantics, on a million generated cases.

use std::process::Command;

use crate::failure::Outcome;
use crate::{files, program};

use super::Verdict;

/// How many cases are decided by every engine.
const CASES: &str = "1000000";

pub(super) fn run() -> Outcome<Verdict> {
    let mut compare = Command::new("cargo");
    compare.args(["run", "--quiet", "--release", "--package", "testkit", "--example", "decisions", "--"]);
    program::run(compare.args(["--cases", CASES]).current_dir(files::root()))?;
    Ok(Verdict::Passed)
}
