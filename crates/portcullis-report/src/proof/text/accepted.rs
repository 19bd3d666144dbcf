//! Counterexamples that exemptions accept.

use std::io;

use portcullis_finding::proof::{Proof, Verdict};

use super::{BOLD, DIM, Page, heading, place, subjects, with};
use crate::words::{safe, wrap};

/// Exemptions that are told, unless everything is wanted.
const SHOWN: usize = 8;

pub(super) fn write(proof: &Proof, page: Page, out: &mut impl io::Write) -> io::Result<()> {
    let accepted = with(proof, Verdict::Accepted);
    if accepted.is_empty() {
        return Ok(());
    }
    heading("Accepted in portcullis.toml", page, out)?;
    let shown = page.limit(SHOWN);
    for judgement in accepted.iter().take(shown) {
        let who = match place(proof, judgement.account) {
            Some(place) => format!("{} of {place}", subjects(judgement)),
            None => subjects(judgement),
        };
        writeln!(out, "  {BOLD}{who}{BOLD:#}  {DIM}{}{DIM:#}", judgement.property.id)?;
        let by = judgement.accepted.as_deref().unwrap_or_default();
        for line in wrap(&format!("{}: {}", safe(&judgement.message), safe(by)), page.width - 6) {
            writeln!(out, "      {line}")?;
        }
    }
    if shown < accepted.len() {
        writeln!(out, "  {DIM}… and {} more (--all){DIM:#}", accepted.len() - shown)?;
    }
    Ok(())
}
