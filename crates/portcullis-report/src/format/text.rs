//! Text: what a person wants to read in the morning. A summary that fits a screen, the accounts with the worst first,
//! what could not be assessed, and what to do.
//!
//! Colour is written as ANSI styles and never says anything alone; whoever prints decides whether it stays.

mod account;
mod changes;
mod gaps;
mod summary;
mod todo;

use std::io;

use portcullis_finding::Audit;

use super::{Detail, Layout};
use crate::style::{BOLD, DIM, severity as style};

/// Writes the audit for people.
///
/// # Errors
/// When the writer fails.
pub fn write(audit: &Audit, layout: Layout, out: &mut impl io::Write) -> io::Result<()> {
    let page = Page::new(layout);
    summary::write(audit, page, out)?;
    changes::write(audit, page, out)?;
    account::write(audit, page, out)?;
    gaps::write(audit, page, out)?;
    todo::write(audit, page, out)
}

/// Writes how many findings and how much MFA there is, account by account: the beginning of [`write`].
///
/// # Errors
/// When the writer fails.
pub fn summary(audit: &Audit, layout: Layout, out: &mut impl io::Write) -> io::Result<()> {
    summary::write(audit, Page::new(layout), out)
}

/// Writes the findings that are certain, account by account: the middle of [`write`].
///
/// # Errors
/// When the writer fails.
pub fn findings(audit: &Audit, layout: Layout, out: &mut impl io::Write) -> io::Result<()> {
    account::write(audit, Page::new(layout), out)
}

/// How the page is laid out.
#[derive(Clone, Copy)]
struct Page {
    width: usize,
    detail: Detail,
}

impl Page {
    fn new(layout: Layout) -> Self {
        Self { width: layout.width.clamp(80, 120), detail: layout.detail }
    }

    /// How many of something are shown: `brief` of them, unless everything is wanted.
    fn limit(self, brief: usize) -> usize {
        match self.detail {
            Detail::Brief => brief,
            Detail::All => usize::MAX,
        }
    }
}

/// A heading with a line under it.
fn heading(title: &str, page: Page, out: &mut impl io::Write) -> io::Result<()> {
    writeln!(out, "\n{BOLD}{title}{BOLD:#}\n{DIM}{}{DIM:#}", "─".repeat(page.width))
}
