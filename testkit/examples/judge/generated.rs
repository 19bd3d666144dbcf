//! Generated problems.

use std::cell::RefCell;
use std::io;

use testkit::decisions::{Case, minimise};
use testkit::judge::Verdict;
use testkit::problems::{self, Problem};

use crate::arguments::Arguments;
use crate::court::{Court, hold};
use crate::tally::Tally;

/// Judges the problems that are asked for.
pub(crate) fn run(arguments: &Arguments) -> io::Result<Tally> {
    judge_all(arguments, arguments.cases, &|problem| problem)
}

/// Judges one in ten of them as a question with one answer: what do policies allow that they refuse?
pub(crate) fn run_twice(arguments: &Arguments) -> io::Result<Tally> {
    judge_all(arguments, arguments.cases / 10, &Problem::twice)
}

/// What is asked of a problem.
type Ask = dyn Fn(Problem) -> Problem + Sync;

fn judge_all(arguments: &Arguments, count: usize, ask: &Ask) -> io::Result<Tally> {
    hold(arguments, count, |court, number| judge(court, (arguments.seed, arguments.first + number), ask))
}

fn judge(court: &mut Court, (seed, number): (u64, usize), ask: &Ask) -> io::Result<()> {
    let problem = problems::numbered(seed, number as u64);
    let name = format!("problem {number} of seed {seed}");
    let verdict = verdict(court, &ask(problem.clone()))?;
    if let (Verdict::Differs(_), true) = (&verdict, court.tally.differences.len() < MOST_MINIMISED) {
        let (small, reason) = smallest(court, &problem, ask)?;
        court.tally.add(&name, Verdict::Differs(format!("{reason}\n{small}")));
    } else {
        court.tally.add(&name, verdict);
    }
    Ok(())
}

/// A difference takes a while to make small, and one is worth as much as ten.
const MOST_MINIMISED: usize = 3;

fn verdict(court: &mut Court, problem: &Problem) -> io::Result<Verdict> {
    let Ok(asked) = problem.read() else { return Ok(Verdict::NotExported("it cannot be read".into())) };
    court.verdict(&asked)
}

/// The smallest problem like this one on which they differ, in words, and how they differ there.
fn smallest(court: &mut Court, problem: &Problem, ask: &Ask) -> io::Result<(String, String)> {
    let with = |case: &Case| Problem { case: case.clone(), ..problem.clone() };
    let cell = RefCell::new(court);
    let differs = |problem: &Problem| {
        let verdict = verdict(&mut cell.borrow_mut(), &ask(problem.clone()));
        verdict.is_ok_and(|verdict| matches!(verdict, Verdict::Differs(_)))
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
    let small = ask(small);
    let reason = format!("{:?}", verdict(&mut cell.borrow_mut(), &small)?);
    Ok((small.to_string(), reason))
}
