//! A policy laid out for people, where its own text would not fit a terminal.

use crate::kind::PolicyKind;
use crate::parse;
use crate::policy::Policy;
use crate::print;
use crate::span::{self, Span};

/// The policy over several lines, when the part of its text that is to be shown has long lines or stands far to the
/// right, as in a dump; none when it can be shown as it is.
pub fn readable(policy: &Policy, shown: Span) -> Option<Policy> {
    let column = span::position(&policy.text, shown.start).column;
    if column <= MOST_INDENT && shown.of(&policy.text).lines().all(|line| line.len() <= MOST_COLUMNS) {
        return None;
    }
    let readable = parse::policy(&print::pretty(policy), PolicyKind::Identity).policy?;
    (readable.statements.len() == policy.statements.len()).then_some(readable)
}

const MOST_COLUMNS: usize = 100;
const MOST_INDENT: u32 = 13;

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<String> {
        let policy = parse::policy(text, PolicyKind::Identity).policy.unwrap();
        let statement = policy.statements[0].span;
        readable(&policy, statement).map(|laid_out| laid_out.text.to_string())
    }

    #[test]
    fn what_fits_is_left_alone() {
        let statement = "{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}";
        assert_eq!(shown(&format!("{{\"Statement\": [\n  {statement}\n]}}")), None);
    }

    #[test]
    fn what_is_far_to_the_right_or_too_long_is_laid_out() {
        let right = "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}}";
        assert!(shown(right).unwrap().lines().count() > 5);
        let long = format!(
            "[\n{{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"{}\"}}\n]",
            "x".repeat(100)
        );
        assert!(shown(&format!("{{\"Statement\": {long}}}")).is_some());
    }
}
