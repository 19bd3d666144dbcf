//! How a run of `portcullis` ends, as a number for scripts.

use std::panic;
use std::process::ExitCode;

/// The exit codes of every command. They are never reused and never renumbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Nothing to report: every request is allowed, no finding.
    Clean = 0,
    /// Something could not be read or settled. Unknown is never a pass.
    Incomplete = 3,
    /// A bug of Portcullis.
    Bug = 101,
}

/// The exit codes as `--help` explains them.
pub(crate) const HELP: &str = "\
Exit codes:
  0    nothing to report
  1    findings, or something was denied
  2    wrong usage, configuration or input
  3    incomplete: something could not be read or settled
  101  a bug";

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}

/// Makes a panic say that it is a bug, and end the process with [`Exit::Bug`].
pub(crate) fn install_panic_hook() {
    panic::set_hook(Box::new(|panic| {
        anstream::eprintln!(
            "bug: {panic}\nhint: this is a mistake of portcullis: report it with the input that caused it"
        );
        std::process::exit(i32::from(Exit::Bug as u8));
    }));
}
