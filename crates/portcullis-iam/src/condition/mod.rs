//! Conditions: operators, their set qualifiers, and the key and values of one test.

mod operator;

pub use operator::{Family, Operator, Presence, Quantifier, Test};

use crate::context::ContextKey;
use crate::span::{Span, Spanned};

/// One test of a condition block: an operator, one key, and the values that it is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The operator with its qualifiers.
    pub operator: Spanned<Operator>,
    /// The key, as normalised for comparison.
    pub key: ContextKey,
    /// The key as written, quotes included.
    pub key_span: Span,
    /// The values as text; JSON booleans and numbers in their JSON spelling. Alternatives of each other.
    pub values: Vec<Spanned<Box<str>>>,
}
