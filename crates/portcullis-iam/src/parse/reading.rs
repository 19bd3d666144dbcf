//! What is known while one document is read: its kind, and the problems so far.

use crate::kind::PolicyKind;
use crate::problem::{MAX_PROBLEMS, Problem};
use crate::span::Span;
use crate::wording;

/// The reading of one document.
pub(super) struct Reading {
    pub(super) kind: PolicyKind,
    problems: Vec<Problem>,
}

impl Reading {
    pub(super) fn new(kind: PolicyKind) -> Self {
        Self { kind, problems: Vec::new() }
    }

    /// Reports a wrong structure: AWS's words, and ours in the hint.
    pub(super) fn syntax(&mut self, code: &'static str, hint: impl Into<String>, span: Span) {
        self.report(Problem::rejected(code, wording::syntax(self.kind), span).hint(hint));
    }

    /// Reports a problem, unless there are too many already.
    pub(super) fn report(&mut self, problem: Problem) {
        if !self.is_full() {
            self.problems.push(problem);
        }
    }

    /// Whether no further problem will be kept.
    pub(super) fn is_full(&self) -> bool {
        MAX_PROBLEMS <= self.problems.len()
    }

    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.problems
    }
}
