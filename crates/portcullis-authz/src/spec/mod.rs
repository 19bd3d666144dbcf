//! The reference semantics: what a decision means, written to be checked line by line against AWS's guides.
//!
//! This module is obvious and slow, and shares no matching code with [`crate::decide`]: the two are compared by
//! property tests, and where they differ AWS's documentation decides.
//! Pages of the IAM User Guide are cited as `IAM: page`, pages of the Organizations User Guide as `ORG: page`.
//!
//! # What is unknown
//! 1. Every question that a policy asks of a request has one of three answers: yes, no, or *depends* ([`holds::Holds`]).
//!    A question about a condition key that is unknown depends on that key; a layer with a gap may hold further
//!    statements, so that what its known statements do not settle depends on the gap.
//! 2. Questions are joined by Kleene's `and`, `or` and `not`. No other logic is used, and nothing above a condition
//!    looks at the context again, but for the rule of GetSessionToken (see [`service_rule`]).
//! 3. The answer is made of two questions, *is it explicitly denied* and *is it allowed*: see [`order`].
//! 4. An answer that depends on keys which are only ever tested by `Bool` and `Null` is made exact by trying
//!    every state of those keys: see [`switch`].

mod action;
mod condition;
mod glob;
mod grant;
mod holds;
mod layer;
mod order;
mod principal;
mod resource;
mod service_rule;
mod statement;
mod switch;
mod value;
mod variable;

use portcullis_iam::{PolicySet, Request};

use crate::decision::Answer;

/// The answer to `request` under `policies`, by the reference semantics.
pub fn decide(request: &Request, policies: &PolicySet) -> Answer {
    let answer = order::decide(request, policies);
    if answer.outcomes.is_settled() { answer } else { switch::sharpen(answer, request, policies) }
}
