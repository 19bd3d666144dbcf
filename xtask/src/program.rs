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

/// How a program ended, and what it said.
#[derive(Debug)]
pub(crate) struct Ended {
    /// Its exit code; -1 when a signal ended it.
    pub(crate) code: i32,
    /// Its output, and then its messages.
    pub(crate) text: String,
}

/// Runs a program to its end, however it ends. It gets no input.
pub(crate) fn ended(command: &mut Command) -> Outcome<Ended> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output();
    let output = output.map_err(|error| Failure::Program { program, reason: error.to_string() })?;
    let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    Ok(Ended { code: output.status.code().unwrap_or(-1), text: text.concat() })
}

/// Whether a program is there and ends well. Its output is thrown away.
pub(crate) fn works(command: &mut Command) -> bool {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}
