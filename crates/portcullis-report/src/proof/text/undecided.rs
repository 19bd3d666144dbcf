//! What could not be decided, and what would settle it.

use std::collections::BTreeMap;
use std::io;

use portcullis_finding::proof::{Outcome, Proof, Verdict};

use super::{BOLD, DIM, Page, heading, place, subjects, with};
use crate::words::{safe, wrap};

/// Reasons, and principals of one reason, that are told, unless everything is wanted.
const REASONS: usize = 8;
const GROUPS: usize = 4;

pub(super) fn write(proof: &Proof, page: Page, out: &mut impl io::Write) -> io::Result<()> {
    let mut reasons: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    for judgement in with(proof, Verdict::Undecided) {
        for part in &judgement.parts {
            let Outcome::Undecided(settles) = &part.outcome else { continue };
            for settle in settles {
                let who = match place(proof, judgement.account) {
                    Some(place) => format!("{} of {place}", subjects(judgement)),
                    None => subjects(judgement),
                };
                let groups = reasons.entry((judgement.property.id, settle)).or_default();
                if !groups.contains(&who) {
                    groups.push(who);
                }
            }
        }
    }
    if reasons.is_empty() {
        return Ok(());
    }
    heading("Undecided: unknown is never a proof", page, out)?;
    let shown = page.limit(REASONS);
    for ((property, settle), groups) in reasons.iter().take(shown) {
        writeln!(out, "  {BOLD}{}{BOLD:#}  {DIM}{property}{DIM:#}", safe(settle))?;
        let most = page.limit(GROUPS);
        let names = groups.iter().take(most).cloned().collect::<Vec<_>>().join(", ");
        let more = groups.len().saturating_sub(most);
        let more = if more == 0 { String::new() } else { format!(", and {more} more") };
        for line in wrap(&format!("{names}{more}"), page.width - 6) {
            writeln!(out, "      {line}")?;
        }
    }
    if shown < reasons.len() {
        writeln!(out, "  {DIM}… and {} more reasons (--all){DIM:#}", reasons.len() - shown)?;
    }
    Ok(())
}
