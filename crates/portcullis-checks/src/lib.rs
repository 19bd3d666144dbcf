//! What is wrong in a snapshot: the checks, and the run that puts their findings into one [`Audit`].
//!
//! A check is one file and one page in `audit/`, and one line in its table.
//!
//! [`Audit`]: portcullis_finding::Audit

pub mod audit;
pub mod check;
pub mod compliance;
pub mod coverage;
mod devices;
mod exempt;
mod guards;
pub mod hidden;
mod keys;
pub mod lint;
pub mod proofs;
mod reading;
pub mod review;
pub mod rules;
pub mod run;
pub mod scope;
pub mod standing;
pub mod suppress;
mod trust;
mod usable;

pub use check::{Check, Failure, Outcome, Run};
pub use hidden::Hidden;
pub use reading::LintRule;
pub use run::{Options, run};
pub use scope::{AccountScope, Scope, UserScope};
