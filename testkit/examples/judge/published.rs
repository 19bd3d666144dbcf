//! Published policies: documents that mean to enforce MFA, control policies, and AWS's own beside a guardrail.

use std::io;

use testkit::problems::Published;

use crate::arguments::Arguments;
use crate::court::hold;
use crate::tally::Tally;

/// Judges the questions.
pub(crate) fn run(arguments: &Arguments, questions: &[Published]) -> io::Result<Tally> {
    hold(arguments, questions.len(), |court, number| {
        let Some(question) = questions.get(number) else { return Ok(()) };
        let verdict = court.verdict(&question.asked)?;
        court.tally.add(&question.name, verdict);
        Ok(())
    })
}
