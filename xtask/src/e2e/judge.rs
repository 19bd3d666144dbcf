//! The prover beside cvc5, which decides the same questions as problems of SMT-LIB.
//!
//! `judge` is what every build can afford; `judge-all` takes every combination with a managed policy.

use std::process::Command;

use crate::failure::Outcome;
use crate::{files, program};

use super::{Verdict, pypi};

/// Generated problems, and of the combinations with managed policies one in so many.
const CASES: &str = "2000";
const STEP: &str = "20";

pub(super) fn run() -> Outcome<Verdict> {
    judge(CASES, STEP)
}

pub(super) fn all() -> Outcome<Verdict> {
    judge("20000", "1")
}

fn judge(cases: &str, step: &str) -> Outcome<Verdict> {
    let Some(python) = pypi::install(&files::root().join("corpus/judge"))? else {
        return Ok(Verdict::Skipped("python3 is not there, or cannot install cvc5".into()));
    };
    let mut judge = Command::new("cargo");
    judge.args(["run", "--quiet", "--release", "--package", "testkit", "--example", "judge", "--"]);
    judge.arg("--python").arg(python).args(["--cases", cases, "--seed", SEED, "--step", step]);
    program::run(judge.current_dir(files::root()))?;
    Ok(Verdict::Passed)
}

/// One seed in every run: a new difference is to be found by whoever looks for it, not by whoever builds.
const SEED: &str = "20261124";
