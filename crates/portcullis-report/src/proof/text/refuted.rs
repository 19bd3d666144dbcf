//! Counterexamples: the request, the statements that let it through in their source, and the change that closes it.

use std::io;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Snippet};
use portcullis_finding::proof::{
    Counterexample, Excerpt, Judgement, KeySource, Proof, ShownKey, ShownWitness, StatementPart, TextLayout,
    Verdict,
};
use portcullis_iam::Values;

use super::{BOLD, DIM, Page, heading, place, subjects, with};
use crate::proof::replay;
use crate::snippet::{help, note, range, renderer};
use crate::words::{count, safe, short_name, wrap};

/// Counterexamples that are told in full, unless everything is wanted.
const SHOWN: usize = 5;
/// Names of a group, statements of a kind, and condition keys of a statement that are shown.
const NAMES: usize = 12;
const STATEMENTS: usize = 2;
const KEYS: usize = 4;

pub(super) fn write(proof: &Proof, page: Page, out: &mut impl io::Write) -> io::Result<()> {
    let refuted = with(proof, Verdict::Refuted);
    if refuted.is_empty() {
        return Ok(());
    }
    heading("Refuted: the worst first, principals with the same policies together", page, out)?;
    let shown = page.limit(SHOWN);
    for (at, judgement) in refuted.iter().take(shown).enumerate() {
        let gap = if at == 0 { "" } else { "\n" };
        write!(out, "{gap}")?;
        one(judgement, proof, page, out)?;
    }
    rest(refuted.get(shown.min(refuted.len())..).unwrap_or_default(), proof, page, out)
}

/// One line for each counterexample that is not told in full.
fn rest(rest: &[&Judgement], proof: &Proof, page: Page, out: &mut impl io::Write) -> io::Result<()> {
    if rest.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{BOLD}{}{BOLD:#} {DIM}(--all shows each){DIM:#}", count(rest.len(), "more", "more"))?;
    for judgement in rest {
        let who = match place(proof, judgement.account) {
            Some(place) => format!("{} of {place}", subjects(judgement)),
            None => subjects(judgement),
        };
        let text = format!("{} {}: {}", judgement.severity, judgement.property.id, who);
        for (at, line) in
            wrap(&format!("{text}: {}", safe(&judgement.message)), page.width - 6).iter().enumerate()
        {
            let indent = if at == 0 { 2 } else { 6 };
            writeln!(out, "{:indent$}{line}", "")?;
        }
    }
    Ok(())
}

fn one(judgement: &Judgement, proof: &Proof, page: Page, out: &mut impl io::Write) -> io::Result<()> {
    let title = format!("{} {}", subjects(judgement), safe(&judgement.message));
    let level = Level::ERROR.with_name(Some(judgement.severity.as_str()));
    let title = level.primary_title(title).id(judgement.property.id);
    let mut group = Group::with_title(title);
    let mut found = judgement.counterexamples();
    let first = found.next();
    if let Some((_, counterexample)) = first {
        group = group.elements(snippets(counterexample));
    }
    let notes = notes(judgement, first.map(|(_, found)| found), proof);
    group = group.elements(notes.iter().map(|text| note(text)));
    let others = found.map(|(name, other)| format!("also with {name}: {}", in_short(&other.witness)));
    group = group.elements(others.map(|text| note(&text)));
    if let Some((_, counterexample)) = first {
        group = group.elements(helps(judgement, counterexample, proof).iter().map(|text| help(text)));
    }
    writeln!(out, "{}", renderer(page.width).render(&[group]))
}

/// Who is meant, and the request.
fn notes(judgement: &Judgement, first: Option<&Counterexample>, proof: &Proof) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(found) = first {
        notes.push(request(found));
        notes.extend(found.notes.iter().map(ToString::to_string));
    }
    notes.extend(judgement.notes.iter().map(ToString::to_string));
    if let Some(place) = place(proof, judgement.account) {
        let names = judgement.subjects.iter().take(NAMES);
        let names: Vec<String> = names.map(|arn| short_name(arn, judgement.account)).collect();
        let more = judgement.subjects.len().saturating_sub(names.len());
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        notes.push(format!("in {place}: {}{more}", names.join(", ")));
    }
    notes
}

/// The request in a sentence: `s3:GetObject on * is allowed with an access key, aws:SourceIp `203.0.113.7``.
fn request(found: &Counterexample) -> String {
    let witness = &found.witness;
    let keys = witness.context.iter().filter(|key| key.source == KeySource::Chosen).map(key);
    let keys: String = keys.map(|key| format!(", {key}")).collect();
    let new = if witness.is_hypothetical { " (an action that AWS may add)" } else { "" };
    format!(
        "{}{new} on {} is {} with {}{keys}",
        witness.action, witness.resource, found.decision, witness.credential_words
    )
}

fn in_short(witness: &ShownWitness) -> String {
    format!("{} on {}", witness.action, witness.resource)
}

fn key(key: &ShownKey) -> String {
    let values = match &key.values {
        Values::One(value) => format!("`{value}`"),
        Values::Many(values) => {
            values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ")
        }
    };
    format!("{} {values}", key.name)
}

/// The statements in their source: those that decide, then those that were passed by.
fn snippets<'a>(counterexample: &'a Counterexample) -> Vec<Snippet<'a, Annotation<'a>>> {
    let of = |part: StatementPart| {
        counterexample.statements.iter().filter(move |excerpt| excerpt.part == part).take(STATEMENTS)
    };
    of(StatementPart::Decides).chain(of(StatementPart::PassedBy)).map(snippet).collect()
}

fn snippet(excerpt: &Excerpt) -> Snippet<'_, Annotation<'_>> {
    let place = match excerpt.layout {
        TextLayout::Own => excerpt.policy.to_string(),
        TextLayout::LaidOut => format!("{} (laid out)", excerpt.policy),
    };
    let kind = match excerpt.part {
        StatementPart::Decides => AnnotationKind::Primary,
        StatementPart::PassedBy => AnnotationKind::Context,
    };
    let marks = excerpt.marks.iter().take(KEYS);
    let marks = marks.map(|(span, label)| AnnotationKind::Context.span(range(*span)).label(&**label));
    Snippet::source(&*excerpt.text)
        .path(safe(&place))
        .annotation(kind.span(range(excerpt.span)).label(&*excerpt.label))
        .annotations(marks)
}

/// What closes it, and how to see it with one's own eyes.
fn helps(judgement: &Judgement, counterexample: &Counterexample, proof: &Proof) -> Vec<String> {
    let mut helps = Vec::new();
    if let Some(change) = &counterexample.change {
        let of = match (change.proved_for as usize, judgement.subjects.len()) {
            (_, 1) => "then it is proved".to_owned(),
            (some, all) if some == all => format!("then it is proved for all {all}"),
            (some, all) => format!("then it is proved for {some} of {all}"),
        };
        helps.push(format!("{}; {of}", change.title));
        helps.extend(change.document.iter().map(ToString::to_string));
    }
    let replay = replay::command(&counterexample.witness, &proof.asked.snapshot);
    helps.extend(replay.map(|command| format!("replay it: {command}")));
    helps
}
