//! The comparison with an outside engine, `@cloud-copilot/iam-simulate` of npm, run as a tool under node.
//!
//! `cargo run --release -p testkit --example outside -- FOLDER [--cases N] [--seed N]`, where FOLDER holds
//! the files of `corpus/outside` and what npm installed there: `cargo xtask e2e outside` sees to it.
//! Every case of `corpus/decisions` and a generated batch are decided by both. A difference that
//! `corpus/outside/iam-simulate.toml` does not list, or lists in vain, fails.

mod compare;
mod differences;
mod engine;
mod fit;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use testkit::decisions::corpus;

use compare::Report;
use differences::Differences;
use engine::Engine;

fn main() -> ExitCode {
    let Some(arguments) = Arguments::read() else {
        eprintln!("usage: outside FOLDER [--cases N] [--seed N]");
        return ExitCode::from(2);
    };
    match run(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<bool, String> {
    let differences = Differences::read(&arguments.folder.join("iam-simulate.toml"))?;
    let mut engine = Engine::start(&arguments.folder)?;
    let mut report = Report::default();
    compare::written(&corpus::cases()?, &differences, &mut engine, &mut report)?;
    println!("seed {}", arguments.seed);
    compare::generated(arguments.cases, arguments.seed, &differences, &mut engine, &mut report)?;
    println!("{report}");
    Ok(report.is_clean())
}

struct Arguments {
    folder: PathBuf,
    cases: u64,
    seed: u64,
}

impl Arguments {
    fn read() -> Option<Self> {
        let mut given = std::env::args().skip(1);
        let folder = Path::new(&given.next()?).to_path_buf();
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |time| time.as_secs());
        let mut arguments = Self { folder, cases: 3_000, seed: now };
        while let Some(name) = given.next() {
            match name.as_str() {
                "--cases" => arguments.cases = given.next()?.parse().ok()?,
                "--seed" => arguments.seed = given.next()?.parse().ok()?,
                _ => return None,
            }
        }
        Some(arguments)
    }
}
