//! Counterexamples: the request, the statements that let it through in their source, and the change that closes it.

mod helps;

use std::collections::BTreeMap;
use std::io;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Snippet};
use portcullis_finding::Severity;
use portcullis_finding::proof::{
    Counterexample, Excerpt, Judgement, KeySource, Part, Proof, ShownKey, ShownStep, StatementPart,
    TextLayout, Verdict,
};
use portcullis_iam::Values;

use super::{BOLD, DIM, Page, heading, place, with};
use crate::snippet::{help, note, range, renderer};
use crate::words::{count, fit, safe, short_name, wrap};

/// Counterexamples that are told in full, unless everything is wanted.
const SHOWN: usize = 6;
const OF_EACH: usize = 2;
/// Lines for others.
const LINES: usize = 12;
/// Names of a group, statements of a kind, and condition keys of a statement that are shown.
const NAMES: usize = 12;
const STATEMENTS: usize = 2;
const KEYS: usize = 4;
/// Columns of a title beside its severity, its id and its text, and what is left for the text at least.
const TITLE_MARKS: usize = 4;
const LEAST: usize = 36;
/// Columns before the text of a note.
const MARGIN: usize = 14;

pub(super) fn write(proof: &Proof, page: Page, out: &mut impl io::Write) -> io::Result<()> {
    let stories = stories(&with(proof, Verdict::Refuted));
    if stories.is_empty() {
        return Ok(());
    }
    heading("Refuted: the worst first, alike ones together", page, out)?;
    let (full, rest) = chosen(stories, page);
    for (at, story) in full.iter().enumerate() {
        write!(out, "{}", if at == 0 { "" } else { "\n" })?;
        one(story, proof, page, out)?;
    }
    brief(&rest, proof, page, out)
}

/// Judgements that fail alike: by the same statements, with the same request but for whose it is. The first is told.
struct Story<'p> {
    first: &'p Judgement,
    others: Vec<&'p Judgement>,
}

impl Story<'_> {
    fn judgements(&self) -> impl Iterator<Item = &Judgement> {
        [self.first].into_iter().chain(self.others.iter().copied())
    }

    fn subjects(&self) -> usize {
        self.judgements().map(|judgement| judgement.subjects.len()).sum()
    }
}

/// What two judgements must have in common to be one story.
type Likeness<'p> = (&'static str, Severity, &'p str, Vec<(&'p str, u32)>);

fn likeness(judgement: &Judgement) -> Likeness<'_> {
    let step = judgement.counterexamples().next().and_then(|(_, found)| found.steps.last());
    let action = step.map(|step| &*step.witness.action).unwrap_or_default();
    let statements = step.iter().flat_map(|step| &step.statements);
    let statements = statements.map(|excerpt| (&*excerpt.policy, excerpt.position.line)).collect();
    (judgement.property.id, judgement.severity, action, statements)
}

fn stories<'p>(refuted: &[&'p Judgement]) -> Vec<Story<'p>> {
    let mut known: BTreeMap<Likeness<'p>, usize> = BTreeMap::new();
    let mut stories: Vec<Story<'p>> = Vec::new();
    for judgement in refuted.iter().copied() {
        let next = stories.len();
        let place = *known.entry(likeness(judgement)).or_insert(next);
        match stories.get_mut(place) {
            Some(story) => story.others.push(judgement),
            None => stories.push(Story { first: judgement, others: Vec::new() }),
        }
    }
    stories
}

/// Those that are told in full, and the others: in brief no more than two of each property.
fn chosen<'p>(stories: Vec<Story<'p>>, page: Page) -> (Vec<Story<'p>>, Vec<Story<'p>>) {
    let mut told: BTreeMap<&str, usize> = BTreeMap::new();
    let (most, of_each) = (page.limit(SHOWN), page.limit(OF_EACH));
    let mut full = 0;
    stories.into_iter().partition(|story| {
        let own = told.entry(story.first.property.id).or_default();
        let is_told = *own < of_each && full < most;
        *own += usize::from(is_told);
        full += usize::from(is_told);
        is_told
    })
}

/// One line for each story that is not told in full.
fn brief(rest: &[Story<'_>], proof: &Proof, page: Page, out: &mut impl io::Write) -> io::Result<()> {
    if rest.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{BOLD}{} more{BOLD:#} {DIM}(--all shows each){DIM:#}", rest.len())?;
    let mut property = "";
    for story in rest.iter().take(LINES) {
        if property != story.first.property.id {
            property = story.first.property.id;
            writeln!(out, "  {property}")?;
        }
        let text = format!("{}: {}", who(story, proof), safe(&story.first.message));
        let room = page.width.saturating_sub(14);
        writeln!(out, "    {:<8}  {}", story.first.severity, fit(&text, room).trim_end())?;
    }
    if LINES < rest.len() {
        writeln!(out, "  {DIM}… and {} more (--all){DIM:#}", rest.len() - LINES)?;
    }
    Ok(())
}

/// `user/alice of 111111111111 Management and 3 others`.
fn who(story: &Story<'_>, proof: &Proof) -> String {
    let first = story.first;
    let name = first.subjects.first().map(|arn| short_name(arn, first.account)).unwrap_or_default();
    let place = place(proof, first.account).map(|place| format!(" of {place}")).unwrap_or_default();
    match story.subjects() {
        0 | 1 => format!("{name}{place}"),
        2 => format!("{name}{place} and 1 other"),
        many => format!("{name}{place} and {} others", many - 1),
    }
}

fn one(story: &Story<'_>, proof: &Proof, page: Page, out: &mut impl io::Write) -> io::Result<()> {
    let judgement = story.first;
    let title = format!("{}: {}", who(story, proof), safe(&judgement.message));
    let (severity, id) = (judgement.severity.as_str(), judgement.property.id);
    let before = severity.len() + id.len() + TITLE_MARKS;
    let title = wrap(&title, page.width.saturating_sub(before).max(LEAST)).join("\n");
    let level = Level::ERROR.with_name(Some(severity));
    let mut group = Group::with_title(level.primary_title(title).id(id));
    let mut found = judgement.counterexamples();
    let Some((part, first)) = found.next() else { return Ok(()) };
    if let Some(step) = first.steps.last() {
        group = group.elements(snippets(step));
    }
    let mut notes = notes(first);
    notes.extend(others(found, part));
    notes.extend(judgement.notes.iter().map(ToString::to_string));
    notes.extend(whom(story, proof));
    let room = page.width.saturating_sub(MARGIN);
    group = group.elements(notes.iter().map(|text| note(&wrap(text, room).join("\n"))));
    let group = group.elements(helps::helps(story, proof, room).iter().map(|text| help(text)));
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

/// The other ways in which it fails: by kind of credential, and how many more.
fn others<'j>(others: impl Iterator<Item = (&'j Part, &'j Counterexample)>, first: &Part) -> Vec<String> {
    let mut names: Vec<&str> = Vec::new();
    let mut more = 0;
    for (part, _) in others {
        if part.name == first.name || names.contains(&&*part.name) {
            more += 1;
        } else {
            names.push(&part.name);
        }
    }
    let also = (!names.is_empty()).then(|| {
        let with = if first.credential.is_some() { "with " } else { "" };
        format!("also {with}{}", names.join(", "))
    });
    let rest = (0 < more).then(|| format!("and in {}", count(more, "way more", "ways more")));
    also.into_iter().chain(rest).collect()
}

/// The principals by name, where there are several.
fn whom(story: &Story<'_>, proof: &Proof) -> Option<String> {
    let all = story.subjects();
    let mut told = 0;
    let mut places: Vec<String> = Vec::new();
    for judgement in story.judgements() {
        let names: Vec<String> = judgement
            .subjects
            .iter()
            .take(NAMES.saturating_sub(told))
            .map(|arn| short_name(arn, judgement.account))
            .collect();
        told += names.len();
        if !names.is_empty() {
            let place =
                place(proof, judgement.account).map(|place| format!(" of {place}")).unwrap_or_default();
            places.push(format!("{}{place}", names.join(", ")));
        }
    }
    let more = if told < all { format!("; and {} more", all - told) } else { String::new() };
    (1 < all).then(|| format!("the same for {}{more}", places.join("; ")))
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
