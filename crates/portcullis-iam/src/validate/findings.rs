//! The problems that the rules find, up to a limit.

use crate::problem::{MAX_PROBLEMS, Problem};

/// The problems so far.
#[derive(Default)]
pub(super) struct Findings(Vec<Problem>);

impl Findings {
    /// Adds a problem, unless there are too many already.
    pub(super) fn report(&mut self, problem: Problem) {
        if !self.is_full() {
            self.0.push(problem);
        }
    }

    /// Whether no further problem will be kept, so that looking for more is of no use.
    pub(super) fn is_full(&self) -> bool {
        MAX_PROBLEMS <= self.0.len()
    }

    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.0
    }
}
