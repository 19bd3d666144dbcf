//! The formats of a lint, one file each. This file holds only their table.

pub mod json;
pub mod sarif;
pub mod text;

use std::io;

use portcullis_finding::LintReport;

use crate::format::Layout;

/// A format of a lint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// For people.
    Text,
    /// For programs: the versioned contract.
    Json,
    /// For code scanning: SARIF 2.1.0.
    Sarif,
}

/// Writes the report.
///
/// # Errors
/// When the writer fails.
pub fn write(
    report: &LintReport,
    format: Format,
    layout: Layout,
    out: &mut impl io::Write,
) -> io::Result<()> {
    match format {
        Format::Text => text::write(report, layout, out),
        Format::Json => json::write(report, out),
        Format::Sarif => sarif::write(report, out),
    }
}
