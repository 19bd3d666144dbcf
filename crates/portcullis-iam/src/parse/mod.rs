//! Text to [`Policy`]: every element of the policy language, each value with its place.
//!
//! Element names and values are read as the grammar of the IAM guide has them (`reference_policies_grammar`). Where
//! a document cannot be represented, there is no policy, only the reasons: leaving out what was not understood
//! would change what the rest means.

mod condition;
mod document;
mod elements;
mod list;
mod principal;
mod statement;

use crate::json;
use crate::kind::PolicyKind;
use crate::policy::Policy;
use crate::problem::{self, Problem};
use crate::span::Span;

/// The longest policy that is read, in bytes (1 MiB). AWS's APIs take at most 131,072 characters for an IAM policy
/// and 1,000,000 for one of an organization, before any quota.
pub const MAX_POLICY_BYTES: usize = 1 << 20;

/// A policy that was read, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// The policy; none when no meaning can be given to the text. It may come with rejected problems.
    pub policy: Option<Policy>,
    /// What is wrong, in the order of the text.
    pub problems: Vec<Problem>,
}

/// Reads the policy of the given kind that `text` holds.
///
pub fn policy(text: &str, kind: PolicyKind) -> Parsed {
    let mut problems = Vec::new();
    let policy = read(text, kind, &mut problems);
    problem::sort(&mut problems);
    Parsed { policy, problems }
}

fn read(text: &str, kind: PolicyKind, problems: &mut Vec<Problem>) -> Option<Policy> {
    if MAX_POLICY_BYTES < text.len() {
        let message = format!("the policy is longer than {MAX_POLICY_BYTES} bytes");
        problems.push(Problem::rejected("policy-too-long", message, Span::default()));
        return None;
    }
    match json::parse(text) {
        Ok(value) => document::policy(text, &value, kind, problems),
        Err(error) => {
            let hint = match error.fault.hint() {
                Some(advice) => format!("{error}: {advice}"),
                None => error.to_string(),
            };
            problems.push(Problem::rejected("json-syntax", SYNTAX, error.span).hint(hint));
            None
        }
    }
}

/// What IAM says of every document whose structure it cannot read.
const SYNTAX: &str = "Syntax errors in policy.";

/// What IAM says of values that pass its first reader and not its second.
const LEGACY: &str = "The policy failed legacy parsing";

/// A problem of structure: IAM's words, and ours in the hint.
fn syntax(code: &'static str, hint: impl Into<String>, span: Span) -> Problem {
    Problem::rejected(code, SYNTAX, span).hint(hint)
}

#[cfg(test)]
mod tests;
