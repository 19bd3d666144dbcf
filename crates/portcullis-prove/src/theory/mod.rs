//! What one condition key, or the resource, can be when some tests of it hold and others do not.
//!
//! Each variable of a request is solved apart: a conjunction of tests goes in, a value that meets them all comes out,
//! or the certainty that there is none.

mod address;
mod binary;
mod date;
pub mod glob;
mod key;
mod moment;
mod number;
mod resource;
mod text;
mod value;
mod work;

use portcullis_iam::condition::Matcher;
use portcullis_iam::pattern::ResourcePattern;
use portcullis_iam::{Context, ContextKey, Truth};

use crate::facts::Domain;
use crate::form::Form;

pub use key::key;
pub use resource::resource;
pub use work::Work;

/// What a conjunction of tests leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Solved<T> {
    /// This meets every test.
    Some(T),
    /// Nothing does.
    None,
    /// The search used up its budget, or the tests mix what it cannot reason about exactly.
    Unknown,
}

/// How a test whose truth is unknown counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reading {
    /// As met: the value may pass.
    Possible,
    /// As not met: the value passes for certain.
    Certain,
}

/// The tests of one condition key.
#[derive(Clone, Copy, Debug)]
pub struct KeyTests<'q> {
    /// The key.
    pub key: &'q ContextKey,
    /// What it may be: [`Domain::Free`] or [`Domain::Since`].
    pub domain: &'q Domain,
    /// Tests of the key, and whether each must hold.
    pub tests: &'q [(&'q Matcher, bool)],
    /// The values of the variables in the tests' operands.
    pub context: &'q Context,
    /// How an unknown truth counts.
    pub reading: Reading,
    /// What the answer may cost.
    pub work: &'q Work,
}

/// The tests of the resource.
#[derive(Clone, Copy, Debug)]
pub struct ResourceTests<'q> {
    /// The forms that it may have: it matches one of them.
    pub forms: &'q [Form],
    /// Patterns, and whether each must match.
    pub tests: &'q [(&'q ResourcePattern, bool)],
    /// The values of the variables in the patterns.
    pub context: &'q Context,
    /// How an unknown truth counts.
    pub reading: Reading,
    /// What the answer may cost.
    pub work: &'q Work,
}

impl Reading {
    /// Whether a test of this truth counts as met, when it must hold or must not.
    pub fn counts(self, truth: Truth, holds: bool) -> bool {
        let truth = if holds { truth } else { !truth };
        match self {
            Reading::Possible => truth != Truth::False,
            Reading::Certain => truth == Truth::True,
        }
    }
}
