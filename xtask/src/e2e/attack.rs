//! Requests against what the prover calls closed, decided by the evaluator.
//!
//! `attack` is what every build can afford; `attack-all` tries ten times as many problems, and every published question.

use std::process::Command;

use crate::failure::Outcome;
use crate::{files, program};

use super::Verdict;

/// Generated problems, of the questions about published policies one in so many, and requests against each.
const BRIEF: [&str; 6] = ["--problems", "200", "--step", "40", "--requests", "100000"];
const LONG: [&str; 6] = ["--problems", "2000", "--step", "1", "--requests", "100000"];

pub(super) fn run() -> Outcome<Verdict> {
    attack(BRIEF)
}

pub(super) fn all() -> Outcome<Verdict> {
    attack(LONG)
}

fn attack(extent: [&str; 6]) -> Outcome<Verdict> {
    let mut attack = Command::new("cargo");
    attack.args(["run", "--quiet", "--release", "--package", "testkit", "--example", "attack", "--"]);
    program::run(attack.args(extent).current_dir(files::root()))?;
    Ok(Verdict::Passed)
}
