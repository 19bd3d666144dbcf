//! Why a command could not do its work.

use std::io;

use crate::exit::Exit;

/// What stopped a command: one lowercase line, the way out, and the exit code.
#[derive(Debug)]
pub(crate) struct Failure {
    /// How the process ends.
    pub(crate) exit: Exit,
    /// What is wrong; empty when there is nobody left to read it.
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) hint: Option<String>,
}

impl Failure {
    /// Wrong usage, configuration or input.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self { exit: Exit::Usage, message: message.into(), hint: None }
    }

    /// The failure with advice.
    #[must_use]
    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl From<io::Error> for Failure {
    /// A failure to write the output. A reader that went away (`| head`) needs no message.
    fn from(error: io::Error) -> Self {
        let message = match error.kind() {
            io::ErrorKind::BrokenPipe => String::new(),
            _ => format!("cannot write the output: {error}"),
        };
        Self { exit: Exit::Incomplete, message, hint: None }
    }
}
