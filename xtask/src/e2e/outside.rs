//! Our decisions against those of an engine that others wrote, under node.

use std::process::Command;

use crate::failure::Outcome;
use crate::{files, program};

use super::{Verdict, npm};

/// How many generated cases are decided by both.
const CASES: &str = "10000";

pub(super) fn run() -> Outcome<Verdict> {
    let Some(folder) = npm::install(&files::root().join("corpus/outside"))? else {
        return Ok(Verdict::Skipped("npm is not there, or cannot install".into()));
    };
    let mut compare = Command::new("cargo");
    compare.args(["run", "--quiet", "--release", "--package", "testkit", "--example", "outside", "--"]);
    compare.arg(&folder).args(["--cases", CASES, "--seed", SEED]);
    program::run(compare.current_dir(files::root()))?;
    Ok(Verdict::Passed)
}

/// One seed in every run: a new difference is to be found by whoever looks for it, not by whoever builds.
const SEED: &str = "20261124";
