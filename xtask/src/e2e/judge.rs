//! The prover beside cvc5, which decides the same questions as problems of SMT-LIB.
//!
//! `judge` is what every build can afford; `judge-all` takes every combination with a managed policy.

use std::process::Command;

use crate::failure::Outcome;
use crate::{files, program};

use super::{Verdict, pypi};

/// Generated problems, how many of them must be compared, of the managed policies one in so many, and the steps that the
/// solver has for each part of a problem.
const BRIEF: [&str; 8] = ["--cases", "2400", "--least", "2000", "--step", "40", "--limit", "50000"];
const LONG: [&str; 8] = ["--cases", "20000", "--least", "18000", "--step", "1", "--limit", "2000000"];

pub(super) fn run() -> Outcome<Verdict> {
    judge(BRIEF)
}

pub(super) fn all() -> Outcome<Verdict> {
    judge(LONG)
}

fn judge(extent: [&str; 8]) -> Outcome<Verdict> {
    let Some(python) = pypi::install(&files::root().join("corpus/judge"))? else {
        return Ok(Verdict::Skipped("python3 is not there, or cannot install cvc5".into()));
    };
    let mut judge = Command::new("cargo");
    judge.args(["run", "--quiet", "--release", "--package", "testkit", "--example", "judge", "--"]);
    judge.arg("--python").arg(python).args(["--seed", SEED]).args(extent);
    program::run(judge.current_dir(files::root()))?;
    Ok(Verdict::Passed)
}

/// One seed in every run: a new difference is to be found by whoever looks for it, not by whoever builds.
const SEED: &str = "20261124";
