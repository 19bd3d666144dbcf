//! Why files make no snapshot.

use thiserror::Error;

use crate::coverage::Problem;

/// Why files make no snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unusable {
    /// No file is a dump.
    #[error("no file is a dump of an account or of an organization")]
    NoDump,
    /// Dumps there are, but none could be read: what is wrong with the first.
    #[error("{0}")]
    Unreadable(Problem),
}

impl Unusable {
    /// What to do about it.
    pub fn hint(&self) -> &str {
        match self {
            Unusable::NoDump => {
                "name the files as docs/snapshot.md does, such as account-authorization-details.json"
            }
            Unusable::Unreadable(problem) => problem.hint.as_deref().unwrap_or("make the dump again"),
        }
    }
}
