//! The files that a snapshot was read from.

use std::fmt;

use crate::dump::Dump;

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The path inside the snapshot, with `/` between its parts.
    pub path: Box<str>,
    /// The SHA-256 of the file's bytes.
    pub sha256: Digest,
    /// The number of bytes.
    pub bytes: u64,
    /// What became of it.
    pub used: Use,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// It was read as this dump.
    Read(Dump),
    /// It should be this dump, but could not be read.
    Unreadable(Dump),
    /// It is no dump.
    Ignored,
}

/// The SHA-256 of a file.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest(pub [u8; 32]);

/// Which of [`Snapshot::inputs`](crate::Snapshot::inputs) it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct InputId(pub u32);

/// Where a fact was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin {
    /// The file.
    pub input: InputId,
    /// The line, from 1.
    pub line: u32,
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}
