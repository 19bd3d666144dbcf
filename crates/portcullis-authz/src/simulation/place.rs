//! Where a statement begins and ends, as AWS's simulator counts.
//!
//! AWS reports where its JSON reader stands: in a list a statement begins where the one before it ended (or after the
//! bracket), a single statement begins after its brace, and every statement ends after its closing brace. This is
//! what the outputs in the AWS CLI's guide and recordings of the service show.

use std::collections::HashMap;
use std::sync::Arc;

use portcullis_iam::{Policy, Span, Statement, span};

use super::output::Position;

/// The places of the statements that were asked for. Finding one reads the text up to it, and many requests share a
/// policy.
#[derive(Default)]
pub(super) struct Places {
    known: HashMap<(*const Policy, Span), (Position, Position)>,
}

impl Places {
    /// The positions of the beginning and the end of `statement` in its policy.
    pub(super) fn of(&mut self, policy: &Arc<Policy>, statement: &Statement) -> (Position, Position) {
        let key = (Arc::as_ptr(policy), statement.span);
        *self.known.entry(key).or_insert_with(|| of(policy, statement))
    }
}

fn of(policy: &Policy, statement: &Statement) -> (Position, Position) {
    let start = reader_start(&policy.text, statement.span.start);
    (position(&policy.text, start), position(&policy.text, statement.span.end))
}

fn reader_start(text: &str, brace: u32) -> u32 {
    let before = text.get(..brace as usize).unwrap_or_default().trim_end();
    let offset = match before.as_bytes().last() {
        Some(b'[') => before.len(),
        Some(b',') => before.get(..before.len() - 1).unwrap_or_default().trim_end().len(),
        _ => return brace + 1,
    };
    u32::try_from(offset).unwrap_or(brace)
}

fn position(text: &str, offset: u32) -> Position {
    let at = span::position(text, offset);
    Position { line: at.line, column: at.column }
}

#[cfg(test)]
mod tests {
    use portcullis_iam::{PolicyKind, parse};

    use super::*;

    fn check(text: &str, expected: &[[u32; 4]]) {
        let policy = parse::policy(text, PolicyKind::Identity).policy.unwrap();
        let found: Vec<_> = policy.statements.iter().map(|statement| of(&policy, statement)).collect();
        let found: Vec<_> = found.iter().map(|(a, b)| [a.line, a.column, b.line, b.column]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn the_example_of_the_cli_guide() {
        let text = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"dynamodb:*","Resource":"*","Condition":{"DateGreaterThan":{"aws:CurrentTime":"2018-08-16T12:00:00Z"}}}}"#;
        check(text, &[[1, 38, 1, 167]]);
    }

    #[test]
    fn a_list_begins_at_its_bracket_and_goes_on_where_a_statement_ended() {
        let statement = r#"{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}"#;
        check(
            &format!(r#"{{"Version":"2012-10-17","Statement":[{statement},{statement}]}}"#),
            &[[1, 38, 1, 95], [1, 95, 1, 153]],
        );
        check(
            &format!("{{\r\n  \"Statement\": [\r\n    {statement} ,\r\n    {statement}\r\n  ]\r\n}}"),
            &[[2, 17, 3, 62], [3, 62, 4, 62]],
        );
    }
}
