//! What is wrong with a file's text.

use crate::coverage::Problem;

/// What is wrong with a file, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// Lowercase, one line.
    pub(super) message: String,
    /// What to do about it.
    pub(super) hint: Option<&'static str>,
    /// Line and column, from 1.
    pub(super) place: Option<(u32, u32)>,
}

impl Fault {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None, place: None }
    }

    pub(super) fn hint(mut self, hint: &'static str) -> Self {
        self.hint = Some(hint);
        self
    }

    pub(super) fn at(mut self, line: u32, column: u32) -> Self {
        self.place = Some((line, column));
        self
    }

    /// The fault as a problem of the file at `path`.
    pub(super) fn in_file(self, path: &str) -> Problem {
        Problem {
            path: path.into(),
            place: self.place,
            message: self.message.into(),
            hint: self.hint.map(Into::into),
        }
    }
}

/// The faults of one file: the first ones, and how many more there are.
#[derive(Debug, Default)]
pub(super) struct Faults {
    first: Vec<Fault>,
    more: usize,
}

impl Faults {
    pub(super) fn push(&mut self, fault: Fault) {
        if self.first.len() < MOST_FAULTS {
            self.first.push(fault);
        } else {
            self.more += 1;
        }
    }

    /// The faults as problems of the file at `path`.
    pub(super) fn in_file(self, path: &str) -> Vec<Problem> {
        let more = (0 < self.more).then(|| Fault::new(format!("{} further problems of the kind", self.more)));
        self.first.into_iter().chain(more).map(|fault| fault.in_file(path)).collect()
    }
}

/// The most faults that are kept of one file.
const MOST_FAULTS: usize = 50;

/// A count of lines or columns as it is stored.
pub(super) fn saturate(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
