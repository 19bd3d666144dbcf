//! The decision: a request and every policy that applies to it, answered as AWS documents it.

pub mod compile;
pub mod decide;
pub mod decision;
pub mod explain;
mod layer;
pub mod principal;
pub mod service_rule;
mod settle;
pub mod simulation;
pub mod spec;
pub mod statement;
mod unsettled;
pub mod words;

pub use compile::Compiled;
pub use decide::decide;
pub use decision::{Access, Answer, Decision, Outcomes, Unsettled};
pub use explain::{Explanation, explain};
pub use layer::{Claim, LayerKind, claim};
pub use portcullis_iam::truth::{self, Truth};
pub use principal::{Bounded, Named};
pub use service_rule::ServiceRule;
