//! Random numbers that are the same on every machine (splitmix64), and the distributions of real organizations.

/// A source of random numbers.
pub(crate) struct Random(u64);

impl Random {
    /// The numbers that belong to this seed and stream: streams of one seed have nothing to do with one another.
    pub(crate) fn new(seed: u64, stream: u64) -> Random {
        let mut random = Random(seed ^ stream.wrapping_mul(0xd1b5_4a32_d192_ed03));
        random.next();
        random
    }

    /// The next number.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to 1, without 1.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True in so many of a hundred cases.
    pub(crate) fn percent(&mut self, share: f64) -> bool {
        self.unit() * 100.0 < share
    }

    /// From `low` to `high`, both possible.
    pub(crate) fn between(&mut self, low: usize, high: usize) -> usize {
        low + (self.unit() * (high - low + 1) as f64) as usize
    }

    /// Days, as signed numbers.
    pub(crate) fn days(&mut self, low: i64, high: i64) -> i64 {
        low + (self.unit() * (high - low + 1) as f64) as i64
    }

    /// The index of one of `count` things of which the first is the most frequent: the n-th is taken 1/n as often.
    pub(crate) fn zipf(&mut self, count: usize) -> usize {
        // The inverse of the integral of 1/x: close enough to Zipf's law, and no table is needed.
        let index = ((count as f64 + 1.0).powf(self.unit()) - 1.0) as usize;
        index.min(count.saturating_sub(1))
    }

    /// One of the things.
    pub(crate) fn pick<'t, T>(&mut self, things: &'t [T]) -> Option<&'t T> {
        things.get(self.between(0, things.len().saturating_sub(1)))
    }

    /// One of the things, early ones more often.
    pub(crate) fn pick_early<'t, T>(&mut self, things: &'t [T]) -> Option<&'t T> {
        things.get(self.zipf(things.len()))
    }

    /// A number whose logarithm is normally distributed, with this median.
    pub(crate) fn lognormal(&mut self, median: f64, sigma: f64) -> f64 {
        let sum: f64 = (0..12).map(|_| self.unit()).sum();
        median * (sigma * (sum - 6.0)).exp()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_numbers() {
        let numbers = |seed, stream| {
            let mut random = Random::new(seed, stream);
            [random.next(), random.next(), random.next()]
        };
        assert_eq!(numbers(7, 1), numbers(7, 1));
        assert_ne!(numbers(7, 1), numbers(7, 2));
        assert_ne!(numbers(7, 1), numbers(8, 1));
    }

    #[test]
    fn bounds_are_kept() {
        let mut random = Random::new(1, 1);
        let drawn: Vec<usize> = (0..2000).map(|_| random.between(3, 5)).collect();
        assert_eq!((drawn.iter().min(), drawn.iter().max()), (Some(&3), Some(&5)));
        assert!((0..2000).all(|_| random.zipf(4) < 4));
        assert_eq!(random.zipf(0), 0);
    }
}
