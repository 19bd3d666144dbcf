//! Certificates: what the proofs rest on, in a line each.

use std::collections::BTreeSet;
use std::io;

use portcullis_finding::proof::{Certificate, Judgement, Outcome, Proof, Verdict};

use super::{BOLD, DIM, Page, heading, place, subjects, with};
use crate::words::{count, grouped, safe, wrap};

/// Certificates of a property, and grounds of a certificate, that are told, unless everything is wanted.
const CERTIFICATES: usize = 2;
const GROUNDS: usize = 3;

pub(super) fn write(proof: &Proof, page: Page, out: &mut impl io::Write) -> io::Result<()> {
    let mut proved = with(proof, Verdict::Proved);
    proved.retain(|judgement| !judgement.subjects.is_empty());
    if proved.is_empty() {
        return Ok(());
    }
    heading("Proved: what closes every request", page, out)?;
    for block in proved.chunk_by(|one, other| one.property.id == other.property.id) {
        let Some(first) = block.first() else { continue };
        writeln!(out, "{BOLD}{}{BOLD:#}", first.property.id)?;
        let mut block = block.to_vec();
        block.sort_by_key(|judgement| std::cmp::Reverse((judgement.severity, judgement.subjects.len())));
        let shown = page.limit(CERTIFICATES);
        for judgement in block.iter().take(shown) {
            one(judgement, proof, page, out)?;
        }
        let rest: usize = block.iter().skip(shown).map(|judgement| judgement.subjects.len()).sum();
        if 0 < rest {
            writeln!(out, "    {DIM}… and {} more (--all){DIM:#}", grouped(rest))?;
        }
    }
    assumptions(&proved, page, out)
}

fn one(judgement: &Judgement, proof: &Proof, page: Page, out: &mut impl io::Write) -> io::Result<()> {
    let who = match place(proof, judgement.account) {
        Some(place) => format!("{} of {place}", subjects(judgement)),
        None => subjects(judgement),
    };
    let mut told: Vec<(String, &str)> = Vec::new();
    for part in &judgement.parts {
        let Outcome::Proved(why) = &part.outcome else { continue };
        let certificate = certificate(why, page);
        if certificate.is_empty() {
            continue;
        }
        if !told.iter().any(|(known, _)| *known == certificate) {
            told.push((certificate, &part.name));
        }
    }
    let lines: Vec<String> = match told.as_slice() {
        [] => vec![who.clone()],
        [(only, _)] => vec![format!("{who}: {only}")],
        many => many
            .iter()
            .take(page.limit(1))
            .map(|(certificate, name)| format!("{who}: with {name}: {certificate}"))
            .collect(),
    };
    let notes = judgement.notes.iter().map(|note| format!("{who}: {}", safe(note)));
    for text in lines.iter().cloned().chain(notes) {
        for (at, line) in wrap(&text, page.width - 6).iter().enumerate() {
            let indent = if at == 0 { 4 } else { 6 };
            writeln!(out, "{:indent$}{line}", "")?;
        }
    }
    Ok(())
}

/// `22,091 actions: 21,912 by Deny DenyWithoutMfa of ForceMfa, 179 because no identity policy allows them`, or the
/// requests that pass.
fn certificate(why: &Certificate, page: Page) -> String {
    let all: usize = why.grounds.iter().map(|ground| ground.actions).sum();
    let shown = page.limit(GROUNDS);
    let grounds = why.grounds.iter().take(shown);
    let mut parts: Vec<String> =
        grounds.map(|ground| format!("{} {}", grouped(ground.actions), safe(&ground.by))).collect();
    let rest: usize = why.grounds.iter().skip(shown).map(|ground| ground.actions).sum();
    if shown < why.grounds.len() {
        parts.push(format!("{} in other ways", grouped(rest)));
    }
    let passing = why.shown.iter().map(|step| &*step.witness.action).collect::<Vec<_>>().join(", ");
    match (parts.is_empty(), why.shown.len()) {
        (true, 0) => String::new(),
        (true, 1) => format!("{passing} passes"),
        (true, _) => format!("{passing} pass"),
        (false, _) if why.grounds.len() == 1 => {
            let only = why.grounds.iter().map(|ground| safe(&ground.by)).collect::<String>();
            format!("{} {only}", count(all, "action", "actions"))
        }
        (false, _) => format!("{} actions: {}", grouped(all), parts.join(", ")),
    }
}

/// What the proofs take for granted, once each.
fn assumptions(proved: &[&Judgement], page: Page, out: &mut impl io::Write) -> io::Result<()> {
    let parts = proved.iter().flat_map(|judgement| &judgement.parts);
    let all: BTreeSet<_> = parts
        .filter_map(|part| match &part.outcome {
            Outcome::Proved(why) => Some(&why.assuming),
            Outcome::Refuted(_) | Outcome::Undecided(_) => None,
        })
        .flatten()
        .collect();
    if all.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{BOLD}Taken for granted{BOLD:#}")?;
    for assumption in all {
        for (at, line) in wrap(assumption.text, page.width - 6).iter().enumerate() {
            let indent = if at == 0 { 4 } else { 6 };
            writeln!(out, "{:indent$}{line}", "")?;
        }
    }
    Ok(())
}
