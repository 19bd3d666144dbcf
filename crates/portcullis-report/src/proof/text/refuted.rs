//! Counterexamples: the request, the statements that let it through in their source, and the change that closes it.

use std::io;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Snippet};
use portcullis_finding::proof::{
    Counterexample, Excerpt, Judgement, KeySource, Part, Proof, ShownKey, ShownStep, ShownWitness,
    StatementPart, TextLayout, Verdict,
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
/// Further ways in which a property fails that are told.
const OTHERS: usize = 3;

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
    let title = format!("{}: {}", subjects(judgement), safe(&judgement.message));
    let level = Level::ERROR.with_name(Some(judgement.severity.as_str()));
    let mut group = Group::with_title(level.primary_title(title).id(judgement.property.id));
    let mut found = judgement.counterexamples();
    let Some((_, first)) = found.next() else { return Ok(()) };
    if let Some(step) = first.steps.last() {
        group = group.elements(snippets(step));
    }
    let mut notes = notes(first);
    notes.extend(others(found, page));
    notes.extend(judgement.notes.iter().map(ToString::to_string));
    notes.extend(whom(judgement, proof));
    group = group.elements(notes.iter().map(|text| note(text)));
    let group = group.elements(helps(judgement, first, proof).iter().map(|text| help(text)));
    writeln!(out, "{}", renderer(page.width).render(&[group]))
}

/// The requests in their order, the last one with what is to be said of it.
fn notes(found: &Counterexample) -> Vec<String> {
    let many = 1 < found.steps.len();
    let mut notes: Vec<String> = Vec::new();
    for (at, step) in found.steps.iter().enumerate() {
        notes.push(if many { format!("{}. {}", at + 1, request(step)) } else { request(step) });
    }
    notes.extend(found.steps.last().iter().flat_map(|step| &step.notes).map(ToString::to_string));
    notes
}

/// The other ways in which it fails, in a line each.
fn others<'j>(others: impl Iterator<Item = (&'j Part, &'j Counterexample)>, page: Page) -> Vec<String> {
    let told: Vec<String> = others
        .filter_map(|(part, other)| {
            let step = other.steps.last()?;
            let with =
                if part.credential.is_some() { format!("with {}", part.name) } else { part.name.to_string() };
            Some(format!("also {with}: {}", in_short(&step.witness)))
        })
        .collect();
    let shown = page.limit(OTHERS);
    let more = told.len().saturating_sub(shown);
    let rest = (0 < more).then(|| format!("and in {more} more ways"));
    told.into_iter().take(shown).chain(rest).collect()
}

/// The principals of the group by name.
fn whom(judgement: &Judgement, proof: &Proof) -> Option<String> {
    let place = place(proof, judgement.account)?;
    let names = judgement.subjects.iter().take(NAMES);
    let names: Vec<String> = names.map(|arn| short_name(arn, judgement.account)).collect();
    let more = judgement.subjects.len().saturating_sub(names.len());
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    Some(format!("in {place}: {}{more}", names.join(", ")))
}

/// The request in a sentence: `s3:GetObject on * is allowed with an access key, aws:SourceIp `203.0.113.7``.
fn request(step: &ShownStep) -> String {
    let witness = &step.witness;
    let keys = witness.context.iter().filter(|key| key.source == KeySource::Chosen).map(key);
    let keys: String = keys.map(|key| format!(", {key}")).collect();
    let new = if witness.is_hypothetical { " (an action that AWS may add)" } else { "" };
    format!(
        "{}{new} on {} is {} with {}{keys}",
        witness.action, witness.resource, step.decision, witness.credential_words
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
fn snippets(step: &ShownStep) -> Vec<Snippet<'_, Annotation<'_>>> {
    let of = |part: StatementPart| {
        step.statements.iter().filter(move |excerpt| excerpt.part == part).take(STATEMENTS)
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
    let last = counterexample.steps.last();
    let replay = last.and_then(|step| replay::command(&step.witness, &proof.asked.snapshot));
    helps.extend(replay.map(|command| format!("replay it: {command}")));
    helps
}
