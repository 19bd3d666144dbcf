//! The values of a condition, for those who reason about all requests at once.

use super::{Block, Case, Instant};
use crate::pattern::{ArnPattern, Pattern};
use crate::truth::Truth;

/// The values of a condition as they were read, by the family of its operator. A value of a request is held against
/// each of them; what could not be read is left out.
#[derive(Clone, Copy, Debug)]
pub enum View<'m> {
    /// Of the string operators.
    Text {
        /// Patterns; those of operators without wildcards have none.
        patterns: &'m [Pattern],
        /// Whether the case of letters counts.
        case: Case,
    },
    /// Of the numeric operators: each is a [`Decimal`](super::Decimal).
    Numbers(&'m [Box<str>]),
    /// Of the date operators.
    Instants(&'m [Instant]),
    /// Of `Bool`.
    Booleans {
        /// Whether `true` is among the values.
        holds_true: bool,
        /// Whether `false` is.
        holds_false: bool,
        /// Values with variables.
        varying: &'m [Pattern],
    },
    /// Of `BinaryEquals`.
    Bytes(&'m [Vec<u8>]),
    /// Of the address operators.
    Blocks(&'m [Block]),
    /// Of the ARN operators.
    Arns {
        /// Patterns.
        patterns: &'m [ArnPattern],
        /// What a comparison with something that is no ARN yields.
        no_arn: Truth,
    },
    /// Of `Null`.
    Null {
        /// Whether a key that is absent passes.
        when_absent: bool,
        /// Whether a key that is present passes.
        when_present: bool,
    },
}
