//! `cargo xtask bench`: how fast we are, against what we promise and against others, in one run.
//!
//! A bench is one file and one line of the table. It runs in a release build, and gives one [`Figure`] per thing that
//! it measures.

mod audit;
mod binary;
mod catalog;
mod decide;
mod figure;
mod outside;
mod parse;
mod patterns;
mod program;
mod prove;
mod question;
mod replay;
mod solvers;
mod timing;

use std::path::PathBuf;
use std::process::Command;

use crate::failure::{Failure, Outcome};
use crate::files;
use figure::Figure;

/// A bench.
struct Bench {
    name: &'static str,
    purpose: &'static str,
    run: fn() -> Outcome<Vec<Figure>>,
}

const BENCHES: &[Bench] = &[
    Bench { name: "audit", purpose: "the audit of 100,000 users in 200 accounts", run: audit::run },
    Bench {
        name: "catalog",
        purpose: "first use of the embedded data, and looking an action up in it",
        run: catalog::run,
    },
    Bench {
        name: "decide",
        purpose: "one decision on three identity policies and one SCP",
        run: decide::run,
    },
    Bench { name: "parse", purpose: "reading policies, on one core", run: parse::run },
    Bench {
        name: "patterns",
        purpose: "questions with families of patterns that are made to be hard",
        run: patterns::run,
    },
    Bench { name: "program", purpose: "start-up and size of the program", run: program::run },
    Bench {
        name: "prove",
        purpose: "one policy set, one property and one kind of credential",
        run: prove::run,
    },
    Bench { name: "replay", purpose: "a gigabyte of CloudTrail under a guardrail", run: replay::run },
    Bench {
        name: "solvers",
        purpose: "the prover beside cvc5 and z3, on the same questions",
        run: solvers::run,
    },
];

/// Runs the benches that are named, or all; `--json FILE` also writes the figures, `--list` only names the benches.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    let request = Request::parse(arguments)?;
    if request.list {
        BENCHES.iter().for_each(|bench| println!("{:<16} {}", bench.name, bench.purpose));
        return Ok(());
    }
    if cfg!(debug_assertions) {
        let cargo = ["run", "--quiet", "--release", "--package", "xtask", "--", "bench"];
        return crate::program::run(Command::new(env!("CARGO")).args(cargo).args(arguments));
    }
    let mut figures = Vec::new();
    for bench in request.benches {
        println!("{}: {}", bench.name, bench.purpose);
        let measured = (bench.run)()?;
        measured.iter().for_each(|figure| println!("  {figure}"));
        figures.extend(measured.into_iter().map(|figure| (bench.name, figure)));
    }
    if let Some(path) = request.json {
        files::write(&path, figure::json(&figures))?;
    }
    match figures.iter().filter(|(_, figure)| !figure.is_met()).count() {
        0 => Ok(()),
        missed => Err(Failure::Unmet(format!("{missed} of {} figures miss their target", figures.len()))),
    }
}

struct Request {
    benches: Vec<&'static Bench>,
    json: Option<PathBuf>,
    list: bool,
}

impl Request {
    fn parse(arguments: &[String]) -> Outcome<Self> {
        let mut request = Request { benches: Vec::new(), json: None, list: false };
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            match argument.as_str() {
                "--list" => request.list = true,
                "--json" => request.json = rest.next().map(PathBuf::from),
                name => request.benches.push(named(name)?),
            }
        }
        if request.benches.is_empty() {
            request.benches = BENCHES.iter().collect();
        }
        Ok(request)
    }
}

fn named(name: &str) -> Outcome<&'static Bench> {
    let found = BENCHES.iter().find(|bench| bench.name == name);
    found.ok_or_else(|| Failure::Usage(format!("there is no bench `{name}`")))
}
