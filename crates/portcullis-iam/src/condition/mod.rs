//! Conditions: operators, their set qualifiers, and the key and values of one test; and when a request passes one.

mod arn;
mod binary;
mod boolean;
mod date;
mod ip;
mod matcher;
mod null;
mod numeric;
mod operator;
mod set;
mod text;
mod view;

pub use date::Instant;
pub use ip::Block;
pub use matcher::{Matcher, Open};
pub use numeric::Decimal;
pub use operator::{Family, Operator, Presence, Quantifier, Test};
pub use text::Case;
pub use view::View;

use crate::context::{Context, ContextKey};
use crate::policy::Version;
use crate::span::{Span, Spanned};
use crate::truth::Truth;

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

/// Whether `text` can be compared by operators of `family`: what cannot matches nothing. Variables are not looked at.
pub fn is_operand(family: Family, text: &str) -> bool {
    match family {
        Family::String | Family::Arn => true,
        Family::Numeric => numeric::is_operand(text),
        Family::Date => date::is_operand(text),
        Family::Bool | Family::Null => boolean::parse(text).is_some(),
        Family::Binary => binary::is_operand(text),
        Family::Ip => ip::is_operand(text),
    }
}

/// Whether a request with `context` passes `condition`, written in a policy of the given language version.
pub fn holds(condition: &Condition, version: Version, context: &Context) -> Truth {
    Matcher::new(condition, version).holds(context)
}
