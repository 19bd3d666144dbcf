//! The problems that the rules find, up to a limit.

use crate::problem::{MAX_PROBLEMS, Problem};

/// The problems so far.
#[derive(Default)]
pub(super) struct Findings(Vec<Problem>);

impl Findings {
    /// Adds a problem, unless there are too many already.
    pub(super) fn report(&mut self, problem: Problem) {
        if self.0.len() < MAX_PROBLEMS {
            self.0.push(problem);
        }
    }

    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.0
    }
}
