//! What changed since an earlier audit.

use std::io;

use portcullis_finding::Audit;

use super::{BOLD, DIM, Page, heading};
use crate::words::{grouped, safe};

/// Findings of one kind that are named, unless everything is wanted.
const SHOWN: usize = 10;

pub(super) fn write(audit: &Audit, page: Page, out: &mut impl io::Write) -> io::Result<()> {
    let Some(changes) = &audit.changes else { return Ok(()) };
    let since = changes.since.map_or_else(|| "an earlier audit".to_owned(), |at| at.to_string());
    heading(&format!("Since {since}"), page, out)?;
    let fixed = changes.fixed.iter().map(|finding| finding.id.as_str()).collect::<Vec<_>>();
    list("new", &texts(&changes.new), page, out)?;
    list("fixed", &fixed, page, out)?;
    list("accepted now", &texts(&changes.accepted), page, out)?;
    list("out of sight", &texts(&changes.out_of_sight), page, out)?;
    writeln!(out, "  {BOLD}{:>5}{BOLD:#}  unchanged", grouped(changes.unchanged as usize))
}

fn texts(ids: &[String]) -> Vec<&str> {
    ids.iter().map(String::as_str).collect()
}

fn list(word: &str, ids: &[&str], page: Page, out: &mut impl io::Write) -> io::Result<()> {
    writeln!(out, "  {BOLD}{:>5}{BOLD:#}  {word}", grouped(ids.len()))?;
    let shown = page.limit(SHOWN);
    for id in ids.iter().take(shown) {
        writeln!(out, "         {}", safe(id))?;
    }
    if shown < ids.len() {
        writeln!(out, "         {DIM}… and {} more (--all){DIM:#}", ids.len() - shown)?;
    }
    Ok(())
}
