//! The prover beside solvers that others wrote, on the same questions in the same run.
//!
//! A solver gets the question as problems of SMT-LIB, in a process that runs already: its time is that of reading and
//! deciding them, without its start and without writing them.

use std::path::Path;

use portcullis_prove::theory::Reading;
use portcullis_prove::{Prover, Reach, reach, smtlib};
use testkit::judge::{Sat, Solver};

use crate::e2e::pypi;
use crate::failure::{Failure, Outcome};
use crate::files;

use super::figure::{Figure, Unit};
use super::question::{self, Asked};
use super::{prove, timing};

/// The solvers, by the names that the script has for them, and the steps that each has for each part of a question, as
/// it counts them.
const SOLVERS: [(&str, u64); 2] = [("cvc5", 1_000_000), ("z3", 10_000_000)];

/// How often the prover is asked again.
const RUNS: usize = 15;

pub(super) fn run() -> Outcome<Vec<Figure>> {
    let folder = files::root().join("corpus/judge");
    let Some(python) = pypi::install(&folder)? else {
        println!("  no solver is compared: python3 is not there, or cannot install them");
        return Ok(Vec::new());
    };
    let all = prove::typical()?;
    let mut figures = Vec::new();
    for solver in SOLVERS {
        figures.extend(beside((&python, &folder.join("ask.py")), solver, &all)?);
    }
    Ok(figures)
}

fn beside(
    (python, script): (&Path, &Path),
    (name, limit): (&'static str, u64),
    all: &[Asked],
) -> Outcome<Vec<Figure>> {
    let failed = |error: std::io::Error| Failure::Unmet(format!("{name}: {error}"));
    let mut solver = Solver::start(python, script, name, limit).map_err(failed)?;
    let mut figures = Vec::new();
    for asked in all {
        let [question, _] = asked.questions();
        let mut prover = Prover::new();
        let ours = reach(&mut prover, &question);
        let (reading, wanted) = match ours {
            Reach::Open(_) => (Reading::Certain, Sat::Sat),
            Reach::Closed(_) => (Reading::Possible, Sat::Unsat),
            Reach::Undecided(_) => continue,
        };
        let Ok(problems) = smtlib::problems(&question, reading) else { continue };
        if problems.is_empty() {
            println!("  {}: closed before {name} is asked, as its problem is written", asked.name);
            continue;
        }
        let answer = solver.ask(&problems).map_err(failed)?;
        if let Some(error) = answer.error {
            return Err(Failure::Unmet(format!("{name}: {error}")));
        }
        if answer.verdict == Sat::Unknown {
            println!("  {}: {name} gives up after {:.0} ms", asked.name, answer.milliseconds);
            continue;
        }
        if answer.verdict != wanted {
            return Err(Failure::Unmet(format!("{name} differs on {}", asked.name)));
        }
        let own = timing::median_of(RUNS, || reach(&mut prover, &question)) * 1e3;
        let what = format!("{}: {}", question::word(&ours), asked.name);
        figures.push(Figure::new(what, own, Unit::Microseconds).against(name, answer.milliseconds * 1e3));
    }
    Ok(figures)
}
