//! The formats of a proof, one file each. This file holds only their table.

pub mod json;
pub mod replay;
pub mod text;
pub mod witnesses;

use std::io;

use portcullis_finding::Proof;

use crate::format::Layout;

/// A format of a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// For people.
    Text,
    /// For programs: the versioned contract.
    Json,
}

/// Writes the proof.
///
/// # Errors
/// When the writer fails.
pub fn write(proof: &Proof, format: Format, layout: Layout, out: &mut impl io::Write) -> io::Result<()> {
    match format {
        Format::Text => text::write(proof, layout, out),
        Format::Json => json::write(proof, out),
    }
}
