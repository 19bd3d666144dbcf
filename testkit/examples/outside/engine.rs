//! The outside engine as a process that answers line by line.

use std::io::{BufRead, BufReader, Lines, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::Value;
use testkit::decisions::Case;

/// The running engine.
pub(crate) struct Engine {
    child: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
}

/// What the engine says of a case.
pub(crate) enum Said {
    /// AWS's word for its decision.
    Decision(String),
    /// It does not take the request.
    Nothing,
}

impl Engine {
    /// Starts the engine that is installed in `folder`.
    pub(crate) fn start(folder: &Path) -> Result<Self, String> {
        let mut node = Command::new("node");
        node.args(["ask.mjs", "decide"]).current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = node.spawn().map_err(|error| format!("node: {error}"))?;
        let input = child.stdin.take().ok_or("node has no input")?;
        let output = BufReader::new(child.stdout.take().ok_or("node has no output")?).lines();
        Ok(Self { child, input, output })
    }

    /// What it says of `case`.
    pub(crate) fn ask(&mut self, case: &Case) -> Result<Said, String> {
        let answer = self.exchange(case)?;
        let decision = answer.get("decision").and_then(Value::as_str);
        Ok(decision.map_or(Said::Nothing, |decision| Said::Decision(decision.to_owned())))
    }

    fn exchange(&mut self, case: &Case) -> Result<Value, String> {
        let line = serde_json::to_string(case).map_err(|error| error.to_string())?;
        writeln!(self.input, "{line}").map_err(|error| error.to_string())?;
        let answer = self.output.next().ok_or("node ended early")?.map_err(|error| error.to_string())?;
        serde_json::from_str(&answer).map_err(|error| error.to_string())
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // It has no more to say; whether it had already ended does not matter.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
