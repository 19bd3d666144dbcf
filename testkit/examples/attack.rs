//! Requests against what the prover calls closed: `cargo run --release -p testkit --example attack -- --problems N`.
//!
//! Of what it calls open, prints how often the same requests find a way: an attack that finds few would show little.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::str::FromStr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use portcullis_prove::{Prover, Reach, reach};
use testkit::attack::Attack;
use testkit::collected;
use testkit::problems::{self, Asked};

fn main() -> ExitCode {
    let Some(extent) = Extent::parse() else {
        eprintln!("usage: attack [--problems N] [--requests N] [--seed N] [--step N]");
        return ExitCode::from(2);
    };
    let mut good = extent.run("generated", extent.problems, &|number| {
        let asked = problems::numbered(extent.seed, number as u64).read().ok()?;
        Some((format!("problem {number} of seed {}", extent.seed), asked))
    });
    if let Some(data) = collected::folder() {
        let all = problems::of_documents(&data, extent.step);
        let all: Vec<_> = all.into_iter().step_by(extent.step).collect();
        good &= extent.run("published", all.len(), &|number| {
            all.get(number).map(|own| (own.name.clone(), own.asked.clone()))
        });
    }
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// How much is tried.
struct Extent {
    problems: usize,
    requests: u32,
    seed: u64,
    /// Of the published questions one in so many.
    step: usize,
}

impl Extent {
    fn parse() -> Option<Self> {
        Some(Self {
            problems: number("--problems", 200)?,
            requests: number("--requests", 100_000)?,
            seed: number("--seed", 1)?,
            step: number("--step", 1)?,
        })
    }

    /// Attacks problems 0 to `count`, and prints what was found; whether all held, and the attack was worth it.
    fn run(
        &self,
        what: &str,
        count: usize,
        problem: &(dyn Fn(usize) -> Option<(String, Asked)> + Sync),
    ) -> bool {
        let next = AtomicUsize::new(0);
        let found = Mutex::new((BTreeMap::new(), Vec::new()));
        let work = || {
            let mut prover = Prover::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if count <= number {
                    return;
                }
                let Some((name, asked)) = problem(number) else { continue };
                let (word, fault) = self.attack(&mut prover, &name, &asked);
                let Ok(mut found) = found.lock() else { return };
                *found.0.entry(word).or_insert(0_usize) += 1;
                found.1.extend(fault);
            }
        };
        let workers = thread::available_parallelism().map_or(1, usize::from);
        thread::scope(|scope| (0..workers).for_each(|_| drop(scope.spawn(work))));
        let Ok((counts, faults)) = found.into_inner() else { return false };
        println!("{what}: {} requests against each problem", self.requests);
        counts.iter().for_each(|(word, count)| println!("  {count:>6} {word}"));
        faults.iter().for_each(|fault| println!("{fault}\n"));
        let of = |word| counts.get(word).copied().unwrap_or(0);
        let sharp = of(MISSED) <= of(FOUND);
        if !sharp {
            println!("{what}: the attack finds too few of the ways that there are to show anything");
        }
        faults.is_empty() && sharp && 0 < of(HELD)
    }

    fn attack(&self, prover: &mut Prover, name: &str, asked: &Asked) -> (&'static str, Option<String>) {
        let question = asked.question();
        let answer = reach(prover, &question);
        let attack = Attack::new(question, self.seed);
        let through = attack.first_through(self.requests, self.seed);
        match (answer, through) {
            (Reach::Closed(_), None) => (HELD, None),
            (Reach::Closed(_), Some(request)) => {
                let sure = if attack.is_confirmed(&request) { "" } else { ", to one engine alone" };
                ("BROKEN", Some(format!("{name}: a request gets through{sure}: {request:#?}")))
            }
            (Reach::Open(_), Some(_)) => (FOUND, None),
            (Reach::Open(_), None) => (MISSED, None),
            (Reach::Undecided(_), _) => ("undecided", None),
        }
    }
}

const HELD: &str = "closed, and nothing gets through";
const FOUND: &str = "open, and something gets through";
const MISSED: &str = "open, and the attack finds no way";

fn number<N: FromStr>(name: &str, default: N) -> Option<N> {
    match std::env::args().skip_while(|argument| argument != name).nth(1) {
        Some(text) => text.parse().ok(),
        None => Some(default),
    }
}
