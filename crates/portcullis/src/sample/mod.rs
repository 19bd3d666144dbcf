//! The sample organization that ships in the program: plain dumps, read by the same importer as anybody's.

mod files;

use portcullis_snapshot::Snapshot;
use portcullis_snapshot::import::{self, Unusable};

/// What the organization accepts for a while: its `portcullis.toml`.
pub(crate) const INTENT: &str = include_str!("../../sample/portcullis.toml");

/// Its files, by their path in the snapshot.
pub(crate) fn files() -> &'static [(&'static str, &'static [u8])] {
    files::FILES
}

/// What was recorded in it, and the guardrail that it is replayed under, by their paths beside the snapshot.
pub(crate) fn trail() -> &'static [(&'static str, &'static [u8])] {
    files::TRAIL
}

/// The snapshot that the files make.
pub(crate) fn snapshot() -> Result<Snapshot, Unusable> {
    import::import(files())
}
