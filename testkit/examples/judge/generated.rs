//! Generated problems.

use std::{io, thread};

use portcullis_prove::{Prover, reach};
use testkit::decisions::{Case, minimise};
use testkit::judge::{Solver, Verdict, compare};
use testkit::problems::{self, Problem};

use crate::arguments::Arguments;
use crate::tally::Tally;

/// Judges the problems that are asked for; whether prover and solver agree on all.
pub(crate) fn run(arguments: &Arguments) -> io::Result<bool> {
    let threads = thread::available_parallelism().map_or(1, usize::from) as u64;
    let tallies: Vec<io::Result<Tally>> = thread::scope(|scope| {
        let workers: Vec<_> =
            (0..threads).map(|worker| scope.spawn(move || judged(arguments, worker, threads))).collect();
        workers.into_iter().filter_map(|worker| worker.join().ok()).collect()
    });
    let mut all = Tally::default();
    for tally in tallies {
        all.merge(tally?);
    }
    Ok(all.report("generated"))
}

fn judged(arguments: &Arguments, worker: u64, threads: u64) -> io::Result<Tally> {
    let mut solver = arguments.start()?;
    let mut prover = Prover::new();
    let mut tally = Tally::default();
    for number in (worker..arguments.cases).step_by(threads as usize) {
        let problem = problems::numbered(arguments.seed, number);
        let verdict = verdict(&mut solver, &mut prover, &problem)?;
        let name = format!("problem {number} of seed {}", arguments.seed);
        if let (Verdict::Differs(_), true) = (&verdict, tally.differences.len() < MOST_MINIMISED) {
            let (small, reason) = smallest(&mut solver, &mut prover, &problem)?;
            tally.add(&name, Verdict::Differs(format!("{reason}\n{small}")));
        } else {
            tally.add(&name, verdict);
        }
    }
    Ok(tally)
}

/// A difference takes a while to make small, and one is worth as much as ten.
const MOST_MINIMISED: usize = 3;

fn verdict(solver: &mut Solver, prover: &mut Prover, problem: &Problem) -> io::Result<Verdict> {
    let Ok(asked) = problem.read() else { return Ok(Verdict::NotExported("it cannot be read".into())) };
    let question = asked.question();
    let ours = reach(prover, &question);
    Ok(compare(solver, &question, &ours)?.0)
}

/// The smallest problem like this one on which they differ, in words, and how they differ there.
fn smallest(solver: &mut Solver, prover: &mut Prover, problem: &Problem) -> io::Result<(String, String)> {
    let with = |case: &Case| Problem { case: case.clone(), ..problem.clone() };
    let cell = std::cell::RefCell::new((solver, prover));
    let differs = |problem: &Problem| {
        let (solver, prover) = &mut *cell.borrow_mut();
        verdict(solver, prover, problem).is_ok_and(|verdict| matches!(verdict, Verdict::Differs(_)))
    };
    let case = minimise::case(&problem.case, |case| differs(&with(case)));
    let mut small = with(&case);
    for key in problem.facts.keys() {
        let mut less = small.clone();
        less.facts.remove(key);
        if differs(&less) {
            small = less;
        }
    }
    let case = serde_json::to_string_pretty(&small.case).map_err(io::Error::other)?;
    let (solver, prover) = &mut *cell.borrow_mut();
    let reason = format!("{:?}", verdict(solver, prover, &small)?);
    let text = format!(
        "{case}\nrefused: {}\nfacts: {:?}\nonly: {:?}\nspared: {:?}",
        small.refused.is_some(),
        small.facts,
        small.only,
        small.spared
    );
    Ok((text, reason))
}
