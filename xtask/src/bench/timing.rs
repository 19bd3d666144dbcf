//! Taking times.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// How many times the work is timed.
const SAMPLES: usize = 31;

/// How long one timing should take, so that the clock's own cost does not count.
const SAMPLE_TIME: Duration = Duration::from_millis(10);

/// The median time of `work` in nanoseconds, over batches that are long enough to be timed.
pub(crate) fn median_nanoseconds<T>(mut work: impl FnMut() -> T) -> f64 {
    let mut batch: u32 = 1;
    while time(batch, &mut work) < SAMPLE_TIME && batch < u32::MAX / 2 {
        batch *= 2;
    }
    let mut samples: Vec<f64> =
        (0..SAMPLES).map(|_| time(batch, &mut work).as_secs_f64() * 1e9 / f64::from(batch)).collect();
    samples.sort_by(f64::total_cmp);
    samples.get(SAMPLES / 2).copied().unwrap_or_default()
}

/// The median time of a run of `work` in milliseconds, over so many runs: for work that the clock's own cost does not
/// touch.
pub(crate) fn median_of<T>(runs: usize, mut work: impl FnMut() -> T) -> f64 {
    let mut samples: Vec<f64> = (0..runs).map(|_| once_milliseconds(&mut work).0).collect();
    samples.sort_by(f64::total_cmp);
    samples.get(runs / 2).copied().unwrap_or_default()
}

/// The time of one run of `work` in milliseconds, and what it gave.
pub(crate) fn once_milliseconds<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let result = black_box(work());
    (start.elapsed().as_secs_f64() * 1e3, result)
}

fn time<T>(batch: u32, work: &mut impl FnMut() -> T) -> Duration {
    let start = Instant::now();
    for _ in 0..batch {
        black_box(work());
    }
    start.elapsed()
}
