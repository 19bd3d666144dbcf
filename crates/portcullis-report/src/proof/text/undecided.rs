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
    let reasons = reasons(proof);
    if reasons.is_empty() {
        return Ok(());
    }
    heading("Undecided: unknown is never a proof", page, out)?;
    let shown = page.limit(REASONS);
    for (settle, properties) in reasons.iter().take(shown) {
        for line in wrap(&safe(settle), page.width - 2) {
            writeln!(out, "  {BOLD}{line}{BOLD:#}")?;
        }
        for (property, groups) in properties {
            one(property, groups, page, out)?;
        }
    }
    if shown < reasons.len() {
        writeln!(out, "  {DIM}… and {} more reasons (--all){DIM:#}", reasons.len() - shown)?;
    }
    Ok(())
}

/// The properties that each reason leaves undecided, and of whom.
fn reasons(proof: &Proof) -> BTreeMap<&str, BTreeMap<&str, Vec<String>>> {
    let mut reasons: BTreeMap<&str, BTreeMap<&str, Vec<String>>> = BTreeMap::new();
    for judgement in with(proof, Verdict::Undecided) {
        let who = match place(proof, judgement.account) {
            Some(place) => format!("{} of {place}", subjects(judgement)),
            None => subjects(judgement),
        };
        for part in &judgement.parts {
            let Outcome::Undecided(settles) = &part.outcome else { continue };
            for settle in settles {
                let properties = reasons.entry(settle).or_default();
                let groups = properties.entry(judgement.property.id).or_default();
                if !groups.contains(&who) {
                    groups.push(who.clone());
                }
            }
        }
    }
    reasons
}

fn one(property: &str, groups: &[String], page: Page, out: &mut impl io::Write) -> io::Result<()> {
    let most = page.limit(GROUPS);
    let names = groups.iter().take(most).cloned().collect::<Vec<_>>().join(", ");
    let more = groups.len().saturating_sub(most);
    let more = if more == 0 { String::new() } else { format!(", and {more} more") };
    for (at, line) in wrap(&format!("{property}: {names}{more}"), page.width - 6).iter().enumerate() {
        let indent = if at == 0 { 4 } else { 6 };
        writeln!(out, "{:indent$}{line}", "")?;
    }
    Ok(())
}
