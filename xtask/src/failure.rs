//! Why a tool gave up.

use std::path::{Path, PathBuf};

/// The outcome of a tool.
pub(crate) type Outcome<T = ()> = Result<T, Failure>;

/// Why a tool gave up.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The command line names no tool, or has arguments that the tool does not know.
    #[error("{0}\n\n{usage}", usage = crate::commands::usage())]
    Usage(String),
    /// A file could not be read or written.
    #[error("cannot use `{path}`: {source}")]
    File { path: PathBuf, source: std::io::Error },
    /// A program could not be started, or failed.
    #[error("`{program}` failed: {reason}")]
    Program { program: String, reason: String },
    /// A file does not have the shape that is expected of it.
    #[error("`{path}`: {reason}")]
    Shape { path: PathBuf, reason: String },
    /// What was checked is not as it should be; the details have been printed.
    #[error("{0}")]
    Unmet(String),
}

impl Failure {
    /// For `map_err` of a file operation.
    pub(crate) fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        move |source| Failure::File { path: path.to_owned(), source }
    }

    /// A file of an unexpected shape.
    pub(crate) fn shape(path: &Path, reason: impl Into<String>) -> Self {
        Failure::Shape { path: path.to_owned(), reason: reason.into() }
    }
}
