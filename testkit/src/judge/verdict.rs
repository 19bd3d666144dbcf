//! The prover's answer beside a solver's.

use std::io;

use portcullis_prove::smtlib::{self, NotExported};
use portcullis_prove::theory::Reading;
use portcullis_prove::{Question, Reach};

use super::solver::{Sat, Solver};

/// What became of one problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Both say that it is open.
    Open,
    /// Both say that it is closed.
    Closed,
    /// The prover cannot decide it, and neither can who looks at what may and what must pass.
    Undecided,
    /// The prover cannot decide what the solver can: whether it found the question open.
    Missed {
        /// Whether the solver found it open.
        open: bool,
    },
    /// The solver gave up.
    GaveUp,
    /// The problem could not be said exactly.
    NotExported(Box<str>),
    /// They differ.
    Differs(String),
}

impl Verdict {
    /// Whether both decided the problem, or agree that it cannot be.
    pub fn is_compared(&self) -> bool {
        match self {
            Self::Open | Self::Closed | Self::Undecided | Self::Differs(_) => true,
            Self::Missed { .. } | Self::GaveUp | Self::NotExported(_) => false,
        }
    }
}

/// What the solver says of `question`, to which the prover's answer is `ours`; and the time that it took, in
/// milliseconds.
pub fn compare(solver: &mut Solver, question: &Question<'_>, ours: &Reach) -> io::Result<(Verdict, f64)> {
    match asked(solver, question, ours) {
        Ok((verdict, milliseconds)) => Ok((verdict, milliseconds)),
        Err(Failure::NotExported(NotExported(reason))) => Ok((Verdict::NotExported(reason), 0.0)),
        Err(Failure::Io(error)) => Err(error),
    }
}

enum Failure {
    NotExported(NotExported),
    Io(io::Error),
}

fn asked(solver: &mut Solver, question: &Question<'_>, ours: &Reach) -> Result<(Verdict, f64), Failure> {
    let mut milliseconds = 0.0;
    let mut ask = |reading| {
        let problems = smtlib::problems(question, reading).map_err(Failure::NotExported)?;
        let answer = solver.ask(&problems).map_err(Failure::Io)?;
        if let Some(error) = answer.error {
            return Err(Failure::Io(io::Error::other(error)));
        }
        milliseconds += answer.milliseconds;
        Ok(answer.verdict)
    };
    let verdict = match ours {
        Reach::Open(witness) => match ask(Reading::Certain)? {
            Sat::Sat => Verdict::Open,
            Sat::Unsat => Verdict::Differs(format!("open to the prover alone: {:#?}", witness.request())),
            Sat::Unknown => Verdict::GaveUp,
        },
        Reach::Closed(_) => match ask(Reading::Possible)? {
            Sat::Sat => Verdict::Differs("closed to the prover alone".to_owned()),
            Sat::Unsat => Verdict::Closed,
            Sat::Unknown => Verdict::GaveUp,
        },
        Reach::Undecided(_) => match (ask(Reading::Certain)?, ask(Reading::Possible)?) {
            (Sat::Sat, _) => Verdict::Missed { open: true },
            (_, Sat::Unsat) => Verdict::Missed { open: false },
            (Sat::Unsat, Sat::Sat) => Verdict::Undecided,
            (Sat::Unknown, _) | (_, Sat::Unknown) => Verdict::GaveUp,
        },
    };
    Ok((verdict, milliseconds))
}
