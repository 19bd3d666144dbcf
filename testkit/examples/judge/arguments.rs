//! The command line.

use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use testkit::judge::Solver;

/// What is asked of the judge.
pub(crate) struct Arguments {
    python: PathBuf,
    solver: String,
    /// The number of the first generated problem: with it and one case, one problem is looked at alone.
    pub(crate) first: usize,
    /// How many generated problems.
    pub(crate) cases: usize,
    /// How many of them must really be compared.
    pub(crate) least: usize,
    pub(crate) seed: u64,
    /// The steps that a solver has for each part of a problem.
    limit: u64,
    /// Of the combinations with managed policies, one in so many is taken.
    pub(crate) step: usize,
}

impl Arguments {
    pub(crate) fn parse() -> Option<Self> {
        Some(Self {
            python: text("--python")?.into(),
            solver: text("--solver").unwrap_or_else(|| "cvc5".to_owned()),
            first: number("--first", 0)?,
            cases: number("--cases", 2_000)?,
            least: number("--least", 0)?,
            seed: number("--seed", 1)?,
            limit: number("--limit", 1_000_000)?,
            step: number("--step", 1)?,
        })
    }

    /// A solver of its own for each worker.
    pub(crate) fn start(&self) -> io::Result<Solver> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus/judge/ask.py");
        Solver::start(&self.python, &script, &self.solver, self.limit)
    }
}

fn text(name: &str) -> Option<String> {
    std::env::args().skip_while(|argument| argument != name).nth(1)
}

fn number<N: FromStr>(name: &str, default: N) -> Option<N> {
    match text(name) {
        Some(text) => text.parse().ok(),
        None => Some(default),
    }
}
