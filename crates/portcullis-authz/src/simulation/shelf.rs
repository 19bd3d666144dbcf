//! Reads policy documents, each distinct text once.

use std::collections::HashMap;
use std::sync::Arc;

use portcullis_iam::{Policy, PolicyKind, Problem, Tier, parse, span};

use super::fault::Fault;
use super::input::Document;

/// The policies that were read so far. Simulations of a batch share one, since they mostly share their policies.
#[derive(Debug, Default)]
pub struct Shelf {
    policies: HashMap<(PolicyKind, Arc<str>), Read>,
    bytes: usize,
}

/// A policy, or why it is none.
type Read = Result<Arc<Policy>, Box<str>>;

impl Shelf {
    /// The policy of the given kind in `document`, which stands at `place` of the request.
    pub(super) fn read(
        &mut self,
        document: &Document,
        kind: PolicyKind,
        place: &str,
    ) -> Result<Arc<Policy>, Fault> {
        let key = (kind, Arc::clone(&document.0));
        if let Some(read) = self.policies.get(&key) {
            return answer(read, place);
        }
        let read = parse_policy(&document.0, kind);
        self.bytes += document.0.len();
        if MAX_BYTES < self.bytes {
            self.policies.clear();
            self.bytes = document.0.len();
        }
        let result = answer(&read, place);
        self.policies.insert(key, read);
        result
    }
}

fn answer(read: &Read, place: &str) -> Result<Arc<Policy>, Fault> {
    match read {
        Ok(policy) => Ok(Arc::clone(policy)),
        Err(reason) => Err(Fault::invalid(format!("{place} has invalid content: {reason}"))),
    }
}

fn parse_policy(text: &str, kind: PolicyKind) -> Read {
    let parsed = parse::policy(text, kind);
    let clear = |problem: &&Problem| parsed.policy.is_some() && CLEAR.contains(&problem.code);
    let rejected = parsed.problems.iter().filter(|problem| problem.tier == Tier::Rejected);
    if let Some(problem) = rejected.into_iter().find(|problem| !clear(problem)) {
        return Err(describe(text, problem).into());
    }
    parsed.policy.map(Arc::new).ok_or_else(|| "Syntax errors in policy.".into())
}

fn describe(text: &str, problem: &Problem) -> String {
    let at = span::position(text, problem.span.start);
    let reason = problem.message.trim_end_matches('.');
    let hint = problem.hint.as_ref().map(|hint| format!(": {hint}")).unwrap_or_default();
    format!("{reason} at line {}, column {}{hint}", at.line, at.column)
}

/// What AWS refuses to attach although its meaning is clear: a simulation attaches nothing, and answers.
const CLEAR: [&str; 11] = [
    "policy-too-large",
    "rcp-action",
    "rcp-allow",
    "rcp-not-action",
    "sid-characters",
    "sid-repeated",
    "trust-action",
    "trust-cognito",
    "trust-everyone",
    "trust-not-principal",
    "version-too-old",
];

/// When more text than this is kept, the shelf is emptied.
const MAX_BYTES: usize = 16 << 20;
