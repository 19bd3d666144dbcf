//! Running other programs.

use std::process::{Command, Stdio};

use crate::failure::{Failure, Outcome};

/// Runs a program to its end. Its output goes where ours goes; it gets no input.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let program = command.get_program().to_string_lossy().into_owned();
    let failed = |reason: String| Failure::Program { program: program.clone(), reason };
    let status = command.stdin(Stdio::null()).status().map_err(|error| failed(error.to_string()))?;
    if status.success() { Ok(()) } else { Err(failed(status.to_string())) }
}

/// Whether a program is there and ends well. Its output is thrown away.
pub(crate) fn works(command: &mut Command) -> bool {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}
