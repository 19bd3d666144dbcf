//! `cargo xtask e2e`: suites that take long, or need programs that are not part of the project.
//!
//! A suite is one file and one line of the table. It runs on its own (`cargo xtask e2e NAME`) and in CI.

mod action;
mod attack;
mod decisions;
mod fuzz;
mod hooks;
mod judge;
pub(crate) mod npm;
mod outside;
mod published;
pub(crate) mod pypi;

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use crate::failure::{Failure, Outcome};
use crate::{files, program};

/// A suite.
struct Suite {
    name: &'static str,
    purpose: &'static str,
    run: fn() -> Outcome<Verdict>,
}

/// How a suite ended when it did not fail.
enum Verdict {
    Passed,
    /// What it needs is not there.
    Skipped(String),
}

const SUITES: &[Suite] = &[
    Suite { name: "action", purpose: "the scripts of the GitHub Action", run: action::run },
    Suite { name: "attack", purpose: "requests against what the prover calls closed", run: attack::run },
    Suite { name: "decisions", purpose: "a million decisions, by every engine alike", run: decisions::run },
    Suite { name: "fuzz", purpose: "every fuzz target on the same inputs", run: fuzz::run },
    Suite { name: "hooks", purpose: "our hooks under pre-commit, in a repository", run: hooks::run },
    Suite { name: "judge", purpose: "the prover's verdicts and cvc5's", run: judge::run },
    Suite { name: "outside", purpose: "our decisions and an outside engine's", run: outside::run },
    Suite {
        name: "published",
        purpose: "the engines, the prover and lint on policies that people have published",
        run: published::run,
    },
];

/// The folder with the program as it is now.
fn built() -> Outcome<PathBuf> {
    let mut build = Command::new("cargo");
    build.args(["build", "--quiet", "--package", "portcullis"]).current_dir(files::root());
    program::run(&mut build)?;
    Ok(files::root().join("target/debug"))
}

/// Suites that take too long to run unless they are named.
const LONG: &[Suite] = &[
    Suite {
        name: "attack-all",
        purpose: "the same on ten times as many problems, and on every published question",
        run: attack::all,
    },
    Suite { name: "fuzz-all", purpose: "every fuzz target on new inputs, for minutes", run: fuzz::all },
    Suite {
        name: "judge-all",
        purpose: "the same on ten times as many problems, and on every managed policy",
        run: judge::all,
    },
];

/// Runs the suites that are named, or all but the long ones; `--list` only names them. With `--strict` a suite that is skipped fails.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    let (flags, names): (Vec<_>, Vec<_>) = arguments.iter().partition(|argument| argument.starts_with("--"));
    let mut skipping = Skipping::Passes;
    for flag in flags {
        match flag.as_str() {
            "--list" => return list(),
            "--strict" => skipping = Skipping::Fails,
            _ => return Err(Failure::Usage(format!("e2e does not know `{flag}`"))),
        }
    }
    let named = names.into_iter().map(|name| named(name)).collect::<Outcome<Vec<_>>>()?;
    let suites = if named.is_empty() { SUITES.iter().collect() } else { named };
    let failed = suites.into_iter().filter(|suite| !passes(suite, skipping)).map(|suite| suite.name);
    let failed: Vec<_> = failed.collect();
    if failed.is_empty() { Ok(()) } else { Err(Failure::Unmet(format!("failed: {}", failed.join(", ")))) }
}

/// What becomes of a suite whose needs are not met.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Skipping {
    Passes,
    Fails,
}

fn list() -> Outcome {
    SUITES.iter().chain(LONG).for_each(|suite| println!("{:<16} {}", suite.name, suite.purpose));
    Ok(())
}

fn passes(suite: &Suite, skipping: Skipping) -> bool {
    println!("{}: {}", suite.name, suite.purpose);
    let start = Instant::now();
    let outcome = (suite.run)();
    let (passed, verdict) = match outcome {
        Ok(Verdict::Passed) => (true, "passed".to_owned()),
        Ok(Verdict::Skipped(reason)) => (skipping == Skipping::Passes, format!("SKIPPED: {reason}")),
        Err(failure) => (false, format!("FAILED: {failure}")),
    };
    println!("{}: {verdict} ({:.1} s)", suite.name, start.elapsed().as_secs_f64());
    passed
}

fn named(name: &str) -> Outcome<&'static Suite> {
    let found = SUITES.iter().chain(LONG).find(|suite| suite.name == name);
    found.ok_or_else(|| Failure::Usage(format!("there is no suite `{name}`")))
}
