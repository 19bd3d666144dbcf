//! Workers that judge side by side, each with a solver of its own.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::{io, thread};

use portcullis_prove::{Prover, reach};
use testkit::judge::{Solver, Verdict, compare};
use testkit::problems::Asked;

use crate::arguments::Arguments;
use crate::tally::Tally;

/// One worker.
pub(crate) struct Court {
    solver: Solver,
    prover: Prover,
    pub(crate) tally: Tally,
}

impl Court {
    /// The prover's answer beside the solver's.
    pub(crate) fn verdict(&mut self, asked: &Asked) -> io::Result<Verdict> {
        let question = asked.question();
        let ours = reach(&mut self.prover, &question);
        Ok(compare(&mut self.solver, &question, &ours)?.0)
    }
}

/// Judges problems 0 to `count` by `judge`, and gathers what was found.
pub(crate) fn hold(
    arguments: &Arguments,
    count: usize,
    judge: impl Fn(&mut Court, usize) -> io::Result<()> + Sync,
) -> io::Result<Tally> {
    let next = AtomicUsize::new(0);
    let work = || {
        let tally = Tally::default();
        let mut court = Court { solver: arguments.start()?, prover: Prover::new(), tally };
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if count <= number {
                return Ok(court.tally);
            }
            judge(&mut court, number)?;
        }
    };
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let tallies: Vec<thread::Result<io::Result<Tally>>> = thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        workers.into_iter().map(thread::ScopedJoinHandle::join).collect()
    });
    let mut all = Tally::default();
    for tally in tallies {
        all.merge(tally.map_err(|_| io::Error::other("a worker panicked"))??);
    }
    Ok(all)
}
