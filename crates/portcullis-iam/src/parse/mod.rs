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
mod reading;
mod statement;

use reading::Reading;

use crate::json;
use crate::kind::PolicyKind;
use crate::policy::Policy;
use crate::problem::{self, Problem};
use crate::span::Span;
use crate::validate;
use crate::wording;

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
/// The problems are all that AWS refuses, and the suspicious ones that [`Policy`] no longer shows.
pub fn policy(text: &str, kind: PolicyKind) -> Parsed {
    let mut reading = Reading::new(kind);
    let policy = read(text, &mut reading);
    let mut problems = reading.into_problems();
    if let Some(policy) = &policy {
        problems.extend(validate::rejected(policy, kind));
    }
    problem::sort(&mut problems);
    Parsed { policy, problems }
}

fn read(text: &str, reading: &mut Reading) -> Option<Policy> {
    if MAX_POLICY_BYTES < text.len() {
        let message = format!("the policy is longer than {MAX_POLICY_BYTES} bytes");
        reading.report(Problem::rejected("policy-too-long", message, Span::default()));
        return None;
    }
    match json::parse(text) {
        Ok(value) => document::policy(text, &value, reading),
        Err(error) => {
            let hint = match error.fault.hint() {
                Some(advice) => format!("{error}: {advice}"),
                None => error.to_string(),
            };
            let message = wording::json(reading.kind);
            reading.report(Problem::rejected("json-syntax", message, error.span).hint(hint));
            None
        }
    }
}

#[cfg(test)]
mod tests;
