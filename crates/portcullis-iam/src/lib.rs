//! The IAM policy language: what policies say, without any IO and without deciding anything.
//!
//! The types here keep the **text** that an author wrote (patterns, values, operators' operands) beside its place
//! in the document; what a pattern or a value *means* is computed by the functions of [`pattern`] and [`condition`],
//! so that an independent evaluator can give them a meaning of its own.

pub mod action;
pub mod arn;
pub mod catalog;
pub mod condition;
pub mod context;
pub mod json;
pub mod kind;
pub mod layout;
pub mod parse;
pub mod pattern;
pub mod policy;
pub mod policy_set;
pub mod principal;
pub mod print;
pub mod problem;
pub mod quota;
pub mod request;
pub mod span;
pub mod suggest;
pub mod time;
pub mod truth;
pub mod validate;
pub mod variable;
mod wording;

pub use action::Action;
pub use arn::{AccountId, Arn};
pub use context::{Context, ContextKey, KeyState, Values};
pub use kind::PolicyKind;
pub use policy::{Effect, Polarity, Policy, Statement, Version};
pub use policy_set::{Attached, Gap, Layer, Level, PolicySet, SourceKind};
pub use problem::{Problem, Tier};
pub use request::{Caller, Credential, Request};
pub use span::{Place, Position, Span, Spanned};
pub use time::Timestamp;
pub use truth::Truth;
