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
