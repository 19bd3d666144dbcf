//! The provers of a run, which remember what was reasoned: one for each thread that asks.

use std::sync::Mutex;

use portcullis_prove::{Prover, Question, Reach, reach};

/// Provers that wait for the next question.
#[derive(Debug, Default)]
pub(crate) struct Provers(Mutex<Vec<Prover>>);

impl Provers {
    /// The answer to a question.
    pub(crate) fn ask(&self, question: &Question<'_>) -> Reach {
        let mut prover = self.0.lock().ok().and_then(|mut own| own.pop()).unwrap_or_default();
        let answer = reach(&mut prover, question);
        if let Ok(mut own) = self.0.lock() {
            own.push(prover);
        }
        answer
    }
}
