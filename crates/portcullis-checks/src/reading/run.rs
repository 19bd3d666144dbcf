//! All rules over all documents.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use portcullis_finding::diagnostic::{Edit, Fix, Label};
use portcullis_finding::{Diagnostic, Selection, Status};
use portcullis_iam::{Place, Policy, Span, Version};
use portcullis_prove::Prover;
use portcullis_source::Document;
use rayon::prelude::*;

use super::doubts::{self, Leaning, Why};
use super::fix;
use super::flaw::{Change, Flaw, LintRule};
use super::subject::Subject;
use crate::lint::RULES;

/// What the rules find in `documents`, which are looked at together, by place.
///
/// Ids in `selection` that do not exist select nothing; its accounts play no part.
pub fn run(documents: &[Document], selection: &Selection) -> Vec<Diagnostic> {
    let rules: Vec<_> = RULES.iter().filter(|rule| is_selected(rule, selection)).collect();
    let look = |prover: &mut RefCell<Prover>, document: &Document| {
        let empty = nothing(document);
        let policy = document.parsed.policy.as_ref().unwrap_or(&empty);
        found(&Subject::new(document, policy, documents, prover), &rules)
    };
    let new = || RefCell::new(Prover::new());
    let found: Vec<Vec<Diagnostic>> = documents.par_iter().map_init(new, look).collect();
    let mut all: Vec<Diagnostic> = found.into_iter().flatten().collect();
    all.sort_by(|one, other| (&one.place, one.rule.id).cmp(&(&other.place, other.rule.id)));
    all
}

/// What is left of a document that has no meaning: nothing is decided with it, its problems are told.
fn nothing(document: &Document) -> Policy {
    Policy { text: Arc::clone(&document.text), version: Version::V2012, id: None, statements: Vec::new() }
}

fn is_selected(rule: &LintRule, selection: &Selection) -> bool {
    let named = |ids: &[String]| ids.iter().any(|id| id == rule.rule.id);
    (selection.only.is_empty() || named(&selection.only)) && !named(&selection.skip)
}

fn found(subject: &Subject<'_>, rules: &[&'static LintRule]) -> Vec<Diagnostic> {
    rules.iter().flat_map(|rule| look(subject, rule)).collect()
}

/// What a rule finds for certain, and where it cannot tell.
fn look(subject: &Subject<'_>, rule: &'static LintRule) -> Vec<Diagnostic> {
    let flaws = (rule.look)(subject);
    let mut possible = Vec::new();
    let mut why = subject.doubts.take();
    if !why.is_empty() {
        subject.doubts.lean(Leaning::For);
        possible = (rule.look)(subject);
        subject.doubts.lean(Leaning::Against);
        why.extend(subject.doubts.take());
        possible.retain(|flaw| flaws.iter().all(|certain| certain.span != flaw.span));
    }
    let certain = flaws.into_iter().map(|flaw| diagnostic(subject, rule, flaw));
    let certain: Vec<Diagnostic> = certain.collect();
    let unknown = possible.into_iter().map(|flaw| unknown(subject, rule, (&flaw, &why)));
    certain.into_iter().chain(unknown).collect()
}

/// A flaw that may be there, and what that depends on.
fn unknown(
    subject: &Subject<'_>,
    rule: &'static LintRule,
    (flaw, why): (&Flaw, &BTreeSet<Why>),
) -> Diagnostic {
    let document = subject.document;
    let documents: Vec<&Document> = subject.companions.iter().copied().chain([document]).collect();
    let message = doubts::words(why, &documents);
    let mut made = Diagnostic::new(&rule.rule, &document.name, place(document.place(flaw.span)), message);
    made.status = Status::Unknown;
    made.notes = vec![format!("what the rule looks for: {}", rule.rule.title()).into()];
    made.help = Some(doubts::remedy(why).into());
    made
}

fn diagnostic(subject: &Subject<'_>, rule: &'static LintRule, flaw: Flaw) -> Diagnostic {
    let document = subject.document;
    let mut made =
        Diagnostic::new(&rule.rule, &document.name, place(document.place(flaw.span)), flaw.message);
    made.severity = flaw.severity.unwrap_or(made.severity);
    made.label = flaw.label.into();
    made.notes = flaw.notes.into_iter().map(Into::into).collect();
    made.help = flaw.help.map(Into::into);
    let related = flaw.related.into_iter();
    made.related =
        related.map(|(span, text)| Label { place: place(document.place(span)), text: text.into() }).collect();
    made.fix = flaw.change.and_then(|change| fix(subject, &change));
    made
}

fn place(place: portcullis_source::Place) -> Place {
    Place { path: place.path, span: place.span }
}

/// The change of the files, where the files say what the policy's text says.
fn fix(subject: &Subject<'_>, change: &Change) -> Option<Fix> {
    let edit = |(span, text): &(Span, String)| {
        let place = place(subject.document.places.verbatim(*span)?);
        Some(Edit { place, replacement: text.as_str().into() })
    };
    let edits = change.edits.iter().map(edit).collect::<Option<Vec<_>>>()?;
    Some(Fix {
        title: change.title.as_str().into(),
        edits,
        applicability: fix::applicability(subject, change),
    })
}
