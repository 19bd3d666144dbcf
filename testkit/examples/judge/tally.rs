//! What was found.

use std::collections::BTreeMap;

use testkit::judge::Verdict;

/// How often each thing was found, and what was found wrong.
#[derive(Default)]
pub(crate) struct Tally {
    counts: BTreeMap<String, usize>,
    compared: usize,
    pub(crate) differences: Vec<String>,
}

impl Tally {
    pub(crate) fn add(&mut self, name: &str, verdict: Verdict) {
        if verdict.is_compared() {
            self.compared += 1;
        }
        let word = match verdict {
            Verdict::Open => "open".to_owned(),
            Verdict::Closed => "closed".to_owned(),
            Verdict::Undecided => "undecided".to_owned(),
            Verdict::Missed { open: true } => "undecided, open to the solver".to_owned(),
            Verdict::Missed { open: false } => "undecided, closed to the solver".to_owned(),
            Verdict::GaveUp => "the solver gave up".to_owned(),
            Verdict::NotExported(reason) => format!("not asked: {reason}"),
            Verdict::Differs(reason) => {
                self.differences.push(format!("{name}: {reason}"));
                "DIFFERENT".to_owned()
            }
        };
        *self.counts.entry(word).or_default() += 1;
    }

    pub(crate) fn merge(&mut self, other: Self) {
        for (word, count) in other.counts {
            *self.counts.entry(word).or_default() += count;
        }
        self.compared += other.compared;
        self.differences.extend(other.differences);
    }

    /// On how many problems both gave an answer.
    pub(crate) fn compared(&self) -> usize {
        self.compared
    }

    /// Prints what was found; whether all is well.
    pub(crate) fn report(&self, what: &str) -> bool {
        let all = self.counts.values().sum::<usize>();
        println!("{what}: {all} problems, {} compared", self.compared);
        self.counts.iter().for_each(|(word, count)| println!("  {count:>6} {word}"));
        self.differences.iter().for_each(|difference| println!("{difference}\n"));
        self.differences.is_empty()
    }
}
