//! Text: every flaw under the line that has it, what could not be resolved or read, and a line that counts.
//!
//! Colour is written as ANSI styles and never says anything alone; whoever prints decides whether it stays.

mod flaw;
mod summary;

use std::io;

use portcullis_finding::{LintReport, Status};

use crate::format::{Detail, Layout};
use crate::snippet;

/// Writes the report for people.
///
/// # Errors
/// When the writer fails.
pub fn write(report: &LintReport, layout: Layout, out: &mut impl io::Write) -> io::Result<()> {
    let renderer = snippet::renderer(layout.width);
    for diagnostic in &report.diagnostics {
        let is_shown = match diagnostic.status {
            Status::Fail | Status::Unknown => true,
            Status::Exempt => layout.detail == Detail::All,
        };
        if is_shown {
            writeln!(out, "{}\n", renderer.render(&flaw::groups(report, diagnostic, layout.width)))?;
        }
    }
    summary::write(report, layout, out)
}
