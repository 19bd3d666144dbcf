//! The formats of a replay, one file each. This file holds only their table.

pub mod csv;
pub mod json;
pub mod text;

use std::io;

use portcullis_finding::replay::Replay;

use crate::format::Layout;

/// A format of a replay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// For people.
    Text,
    /// For programs: the versioned contract.
    Json,
    /// One line for each action of each principal.
    Csv,
}

/// Writes the replay.
///
/// # Errors
/// When the writer fails.
pub fn write(replay: &Replay, format: Format, layout: Layout, out: &mut impl io::Write) -> io::Result<()> {
    match format {
        Format::Text => text::write(replay, layout, out),
        Format::Json => json::write(replay, out),
        Format::Csv => csv::write(replay, out),
    }
}
