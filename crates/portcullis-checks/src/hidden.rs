//! What hides the outcome of a check.

use std::collections::BTreeSet;
use std::fmt;

use portcullis_iam::{ContextKey, Gap};
use portcullis_prove::reach::Doubt;
use portcullis_snapshot::{Known, Missing};

/// Why a check cannot be settled. Findings with the same reason are told once.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Hidden {
    /// A dump does not tell.
    Missing(Missing),
    /// A policy could not be read.
    Gap(Gap),
    /// The decision depends on condition keys of which nothing is known.
    Keys(BTreeSet<ContextKey>),
    /// Something else, in words.
    Words(&'static str),
}

/// The fact, or what hides it.
///
/// # Errors
/// When the fact is hidden.
pub fn known<T>(known: Known<T>) -> Result<T, Hidden> {
    match known {
        Known::Fact(fact) => Ok(fact),
        Known::Unknown(missing) => Err(Hidden::Missing(missing)),
    }
}

impl From<&Doubt> for Hidden {
    fn from(doubt: &Doubt) -> Self {
        if let Some(gap) = doubt.gaps.first() {
            Hidden::Gap(gap.clone())
        } else if doubt.keys.is_empty() {
            Hidden::Words("the policies are too intricate: the search came to the end of its budget")
        } else {
            Hidden::Keys(doubt.keys.iter().map(|key| ContextKey::new(key)).collect())
        }
    }
}

impl fmt::Display for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Hidden::Missing(missing) => missing.fmt(f),
            Hidden::Gap(gap) => f.write_str(&gap.0),
            Hidden::Keys(keys) => {
                let keys = keys.iter().map(ContextKey::as_str).collect::<Vec<_>>();
                write!(f, "depends on {}", keys.join(", "))
            }
            Hidden::Words(words) => f.write_str(words),
        }
    }
}
