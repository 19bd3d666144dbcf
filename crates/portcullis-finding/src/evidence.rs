//! Evidence: a fact, and where it was read.

use std::sync::Arc;

use portcullis_iam::span::Position;

/// A fact behind a finding, and where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The fact, in a few lowercase words: `mfa_active is false`.
    pub fact: Box<str>,
    /// Where it was read or decided.
    pub origin: Origin,
}

/// Where a fact came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// An input file, and the line in it where that is known.
    File {
        /// The file's path inside the snapshot.
        path: Arc<str>,
        /// The line, from 1.
        line: Option<u32>,
    },
    /// A statement of a policy.
    Statement {
        /// The policy's ARN or name.
        policy: Arc<str>,
        /// The statement's `Sid`.
        sid: Option<Box<str>>,
        /// Where the statement begins in the policy's text.
        position: Position,
    },
    /// A decision over every policy that applies.
    Decision,
    /// What the caller of the audit stated: the time, an argument.
    Argument,
}

impl Evidence {
    /// A fact read from a file, when the file is known.
    pub fn file(fact: impl Into<Box<str>>, path: &Arc<str>, line: Option<u32>) -> Self {
        Self { fact: fact.into(), origin: Origin::File { path: Arc::clone(path), line } }
    }

    /// A fact that follows from deciding requests.
    pub fn decision(fact: impl Into<Box<str>>) -> Self {
        Self { fact: fact.into(), origin: Origin::Decision }
    }
}
