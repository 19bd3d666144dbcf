//! How a run of `portcullis` ends, as a number for scripts.

use std::panic;
use std::process::ExitCode;

/// The exit codes of every command. They are never reused and never renumbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Nothing to report: every request is allowed, no finding.
    Clean = 0,
    /// Findings at or above `--fail-on`, or something was denied, refuted or over budget.
    Found = 1,
    /// The command line, the configuration or the input is wrong.
    Usage = 2,
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

impl Exit {
    /// The exit code of two pieces of work together: wrong input first, then what is incomplete, then what was found.
    #[must_use]
    pub(crate) fn and(self, other: Exit) -> Exit {
        if self.rank() < other.rank() { other } else { self }
    }

    fn rank(self) -> u8 {
        match self {
            Exit::Clean => 0,
            Exit::Found => 1,
            Exit::Incomplete => 2,
            Exit::Usage => 3,
            Exit::Bug => 4,
        }
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn incomplete_beats_found_and_wrong_input_beats_both() {
        assert_eq!(Exit::Clean.and(Exit::Found), Exit::Found);
        assert_eq!(Exit::Incomplete.and(Exit::Found), Exit::Incomplete);
        assert_eq!(Exit::Found.and(Exit::Incomplete), Exit::Incomplete);
        assert_eq!(Exit::Usage.and(Exit::Incomplete), Exit::Usage);
    }
}
