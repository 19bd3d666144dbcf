//! A solver that others wrote, in a process of its own.

use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde::Deserialize;
use serde_json::json;

/// A running solver.
#[derive(Debug)]
pub struct Solver {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

/// What a solver says of problems of which one may be satisfiable.
#[derive(Clone, Debug, Deserialize)]
pub struct Answer {
    /// Whether one is.
    pub verdict: Sat,
    /// The time that it took.
    pub milliseconds: f64,
    /// Why it could not be asked.
    #[serde(default)]
    pub error: Option<String>,
}

/// Whether a problem is satisfiable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the words of SMT-LIB")]
pub enum Sat {
    Sat,
    Unsat,
    Unknown,
}

impl Solver {
    /// Starts the solver `name` (`cvc5` or `z3`): `python` runs `script`. For each problem it
    /// may do work of `limit` steps, as the solver counts them.
    pub fn start(python: &Path, script: &Path, name: &str, limit: u64) -> io::Result<Self> {
        let mut command = Command::new(python);
        command.arg(script).args([name, &limit.to_string()]);
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let missing = || io::Error::other("the solver has no pipes");
        let input = process.stdin.take().ok_or_else(missing)?;
        let output = BufReader::new(process.stdout.take().ok_or_else(missing)?);
        Ok(Self { process, input, output })
    }

    /// Whether one of `problems` is satisfiable.
    pub fn ask(&mut self, problems: &[String]) -> io::Result<Answer> {
        writeln!(self.input, "{}", json!({ "problems": problems }))?;
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        serde_json::from_str(&line).map_err(io::Error::other)
    }
}

impl Drop for Solver {
    fn drop(&mut self) {
        // It ends by itself when its input does; what it still does is of no use to anybody.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
