//! The decision: a request and every policy that applies to it, answered as AWS documents it.

pub mod decision;
pub mod spec;

pub use decision::{Access, Answer, Decision, Outcomes, Unsettled};
pub use portcullis_iam::truth::{self, Truth};
