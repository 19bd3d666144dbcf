//! When calls are made: office hours, and bursts.

use std::f64::consts::PI;

use crate::large::random::Random;

/// How much of the calls of a span falls into each of its hours.
pub(super) struct Rhythm {
    shares: Vec<f64>,
}

/// What calls follow.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Beat {
    /// People: in office hours, by a sine, and hardly at week-ends.
    Office,
    /// Machines: always, with bursts.
    Always,
}

impl Rhythm {
    /// The hours from this instant on, in seconds since 1970.
    pub(super) fn new(beat: Beat, from: i64, hours: i64, random: &mut Random) -> Rhythm {
        let mut shares: Vec<f64> =
            (0..hours).map(|hour| weight(beat, from + 3600 * hour) * burst(random)).collect();
        let sum: f64 = shares.iter().sum();
        shares.iter_mut().for_each(|share| *share /= sum);
        Rhythm { shares }
    }

    /// The share of an hour.
    pub(super) fn share(&self, hour: i64) -> f64 {
        usize::try_from(hour).ok().and_then(|hour| self.shares.get(hour)).copied().unwrap_or_default()
    }
}

fn weight(beat: Beat, at: i64) -> f64 {
    let hour = (at.rem_euclid(86_400) / 3600) as f64 + 1.0;
    // 1970-01-01 was a Thursday.
    let is_weekend = 5 <= (at.div_euclid(86_400) + 3).rem_euclid(7);
    let sine = ((hour - 7.0) * PI / 12.0).sin().max(0.0);
    match (beat, is_weekend) {
        (Beat::Office, false) => 0.02 + sine,
        (Beat::Office, true) => 0.02 + 0.05 * sine,
        (Beat::Always, false) => 1.0 + 0.5 * sine,
        (Beat::Always, true) => 1.0,
    }
}

fn burst(random: &mut Random) -> f64 {
    if random.percent(3.0) { 5.0 } else { 1.0 }
}

/// Gives whole numbers whose sum is never off by more than one.
pub(super) struct Carry(f64);

impl Default for Carry {
    fn default() -> Carry {
        Carry(0.5)
    }
}

impl Carry {
    pub(super) fn whole(&mut self, share: f64) -> usize {
        self.0 += share;
        let whole = self.0.floor();
        self.0 -= whole;
        whole as usize
    }
}
