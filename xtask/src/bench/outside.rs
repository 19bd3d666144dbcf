//! The time that an engine which others wrote takes for a decision: `@cloud-copilot/iam-simulate`, under node.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::Value;
use testkit::decisions::Case;

use crate::e2e::npm;
use crate::failure::{Failure, Outcome};
use crate::files;

/// The package whose public API is timed.
pub(super) const NAME: &str = "@cloud-copilot/iam-simulate";

/// The median time of one decision on each case, in nanoseconds; None when node or npm is not there.
pub(super) fn median_nanoseconds(cases: &[Case]) -> Outcome<Option<Vec<f64>>> {
    let Some(folder) = npm::install(&files::root().join("corpus/outside"))? else { return Ok(None) };
    let mut node = Command::new("node");
    node.args(["ask.mjs", "time"]).current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = node.spawn().map_err(|error| unmet(&error.to_string()))?;
    if let Some(mut input) = child.stdin.take() {
        for case in cases {
            let line = serde_json::to_string(case).map_err(|error| unmet(&error.to_string()))?;
            writeln!(input, "{line}").map_err(|error| unmet(&error.to_string()))?;
        }
    }
    let output = child.wait_with_output().map_err(|error| unmet(&error.to_string()))?;
    String::from_utf8_lossy(&output.stdout).lines().map(nanoseconds).collect::<Outcome<_>>().map(Some)
}

fn nanoseconds(answer: &str) -> Outcome<f64> {
    let value: Value = serde_json::from_str(answer).map_err(|error| unmet(&error.to_string()))?;
    value.get("nanoseconds").and_then(Value::as_f64).ok_or_else(|| unmet(answer))
}

fn unmet(reason: &str) -> Failure {
    Failure::Unmet(format!("{NAME}: {reason}"))
}
