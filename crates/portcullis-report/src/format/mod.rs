//! The formats of an audit, one file each. This file holds only their table.

pub mod csv;
pub mod json;
pub mod text;

use std::io;

use portcullis_finding::Audit;

/// A format of an audit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// For people.
    Text,
    /// For programs: the versioned contract.
    Json,
    /// For spreadsheets: one row per finding.
    Csv,
}

/// How a format for people is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The columns of a line at most; text keeps between 80 and 120 of them.
    pub width: usize,
    /// How much is shown.
    pub detail: Detail,
}

/// How much is shown to people. Programs get everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// The worst accounts, and the first resources of each kind of finding; how many more there are is said.
    Brief,
    /// Everything.
    All,
}

/// Writes the audit.
///
/// # Errors
/// When the writer fails.
pub fn write(audit: &Audit, format: Format, layout: Layout, out: &mut impl io::Write) -> io::Result<()> {
    match format {
        Format::Text => text::write(audit, layout, out),
        Format::Json => json::write(audit, out),
        Format::Csv => csv::write(audit, out),
    }
}
