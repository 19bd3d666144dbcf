//! `cargo xtask check`: what to run before a push. CI runs the same, and the long suites.

use std::process::Command;

use crate::failure::{Failure, Outcome};
use crate::{docs, files, program, tidy};

/// The arguments of cargo, one step a line.
const STEPS: [&[&str]; 3] = [
    &["fmt", "--all", "--check"],
    &["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"],
    &["test", "--quiet"],
];

/// Runs every step, up to the first that fails.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    if let Some(argument) = arguments.first() {
        return Err(Failure::Usage(format!("check does not know `{argument}`")));
    }
    for step in STEPS {
        println!("cargo {}", step.join(" "));
        program::run(Command::new(env!("CARGO")).args(step).current_dir(files::root()))?;
    }
    tidy::run(&[])?;
    docs::run(&["--check".to_owned()])
}
