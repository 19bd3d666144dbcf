//! The summary: what was looked at, and a line for each property.

use std::io;

use anstyle::{AnsiColor, Style};
use portcullis_finding::Proof;
use portcullis_finding::proof::{PropertyTally, Verdict};

use super::{BOLD, DIM, Page};
use crate::words::{count, grouped, safe};

pub(super) fn write(proof: &Proof, page: Page, out: &mut impl io::Write) -> io::Result<()> {
    let sum = |of: fn(&portcullis_finding::proof::ProvenAccount) -> u32| {
        proof.accounts.iter().map(of).fold(0, u32::saturating_add) as usize
    };
    let users = count(sum(|account| account.users), "user", "users");
    let roles = count(sum(|account| account.roles), "role", "roles");
    let accounts = count(proof.accounts.len(), "account", "accounts");
    writeln!(out, "{BOLD}{accounts} with {users} and {roles}{BOLD:#}, {}", taken(proof))?;
    if let Some(supposed) = &proof.asked.guardrail {
        writeln!(out, "as if {} were {}", safe(&supposed.file), safe(&supposed.attached))?;
    }
    if let Some(before) = &proof.asked.before {
        writeln!(out, "compared with {}", safe(before))?;
    }
    table(&proof.properties, page, out)
}

fn taken(proof: &Proof) -> String {
    match proof.taken_at.map(|at| at.to_string()) {
        Some(text) => format!("snapshot of {} UTC", text.get(..16).unwrap_or(&text).replace('T', " ")),
        None => "from a snapshot that does not tell when it was taken".to_owned(),
    }
}

fn table(properties: &[PropertyTally], page: Page, out: &mut impl io::Write) -> io::Result<()> {
    let name = properties.iter().map(|tally| tally.property.id.len()).max().unwrap_or(0).max(24);
    write!(out, "\n  {DIM}{:name$}", "PROPERTY")?;
    for (verdict, word, _) in COLUMNS {
        if is_shown(properties, verdict) {
            write!(out, "{word:>11}")?;
        }
    }
    writeln!(out, "{DIM:#}")?;
    for tally in properties {
        write!(out, "  {BOLD}{:name$}{BOLD:#}", tally.property.id)?;
        match &tally.not_asked {
            Some(why) => write!(out, "     {DIM}not asked: {}{DIM:#}", fitted(why, page, name))?,
            None => numbers(properties, tally, out)?,
        }
        writeln!(out)?;
    }
    Ok(())
}

fn fitted(why: &str, page: Page, name: usize) -> String {
    let room = page.width.saturating_sub(name + 18);
    if why.chars().count() <= room { why.to_owned() } else { why.chars().take(room).collect() }
}

fn numbers(properties: &[PropertyTally], tally: &PropertyTally, out: &mut impl io::Write) -> io::Result<()> {
    for (verdict, _, style) in COLUMNS {
        if !is_shown(properties, verdict) {
            continue;
        }
        match tally.count(verdict) {
            0 => write!(out, "{DIM}{:>11}{DIM:#}", "·")?,
            number => write!(out, "{style}{:>11}{style:#}", grouped(number as usize))?,
        }
    }
    Ok(())
}

/// Whether a column is of use: proved, refuted and undecided always are.
fn is_shown(properties: &[PropertyTally], verdict: Verdict) -> bool {
    match verdict {
        Verdict::Proved | Verdict::Refuted | Verdict::Undecided => true,
        Verdict::Accepted => properties.iter().any(|tally| 0 < tally.accepted),
    }
}

const COLUMNS: [(Verdict, &str, Style); 4] = [
    (Verdict::Proved, "PROVED", AnsiColor::Green.on_default()),
    (Verdict::Refuted, "REFUTED", AnsiColor::Red.on_default().bold()),
    (Verdict::Accepted, "ACCEPTED", Style::new()),
    (Verdict::Undecided, "UNDECIDED", AnsiColor::Yellow.on_default()),
];
