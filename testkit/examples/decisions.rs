//! The long comparison of the engines: `cargo run --release -p testkit --example decisions -- --cases 1000000`.
//!
//! Prints its seed, and for the first case that differs the smallest one like it, in the form of `corpus/decisions`.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::thread;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use testkit::decisions::{Case, agree, case, choices, generate, minimise, read};

fn main() -> ExitCode {
    let (Some(cases), Some(seed)) = (argument("--cases", 1_000_000), argument("--seed", seed_of_today()))
    else {
        eprintln!("usage: decisions [--cases N] [--seed N]");
        return ExitCode::from(2);
    };
    println!("{cases} cases from seed {seed}");
    let start = Instant::now();
    let threads = thread::available_parallelism().map_or(1, usize::from) as u64;
    let found: Vec<Found> = thread::scope(|scope| {
        let workers: Vec<_> =
            (0..threads).map(|worker| scope.spawn(move || search(seed, worker..cases, threads))).collect();
        workers.into_iter().filter_map(|worker| worker.join().ok()).collect()
    });
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for (name, count) in found.iter().flat_map(|found| &found.counts) {
        *counts.entry(name).or_default() += count;
    }
    println!("{counts:?} in {:.1} s", start.elapsed().as_secs_f64());
    match found.into_iter().find_map(|found| found.failure) {
        Some(bytes) => {
            report(&bytes);
            ExitCode::FAILURE
        }
        None if counts.values().sum::<u64>() == cases => ExitCode::SUCCESS,
        None => ExitCode::FAILURE,
    }
}

/// What one worker found.
struct Found {
    counts: BTreeMap<&'static str, u64>,
    failure: Option<Vec<u8>>,
}

fn search(seed: u64, cases: std::ops::Range<u64>, step: u64) -> Found {
    let mut found = Found { counts: BTreeMap::new(), failure: None };
    let mut number = cases.start;
    while number < cases.end {
        let bytes = choices::bytes(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ number, generate::ENOUGH_BYTES);
        match failure(&generate::case(&bytes), &bytes) {
            Ok(name) => *found.counts.entry(name).or_default() += 1,
            Err(_) => {
                found.failure = Some(bytes);
                return found;
            }
        }
        number += step;
    }
    found
}

/// The decision, when nothing is wrong; else what is.
fn failure(case: &Case, choices: &[u8]) -> Result<&'static str, String> {
    let answer = agree::check(case)?;
    for some in choices.rchunks(40).take(2) {
        agree::check_refined(case, &answer, some)?;
    }
    Ok(if answer.outcomes.is_settled() { case::name(answer.decision()) } else { "undetermined" })
}

fn report(bytes: &[u8]) {
    let small = minimise::case(&generate::case(bytes), |case| {
        read::input(case).is_ok() && failure(case, bytes).is_err()
    });
    println!("{}", failure(&small, bytes).err().unwrap_or_default());
    println!("{}", serde_json::to_string_pretty(&small).unwrap_or_default());
}

/// The number after `name`; `default` when it is not given, none when it is no number.
fn argument(name: &str, default: u64) -> Option<u64> {
    let mut arguments = std::env::args().skip_while(|argument| argument != name);
    match arguments.next() {
        Some(_) => arguments.next()?.parse().ok(),
        None => Some(default),
    }
}

fn seed_of_today() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |time| time.as_secs())
}
