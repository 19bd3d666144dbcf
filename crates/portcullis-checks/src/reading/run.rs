//! All rules over all documents.

use std::cell::RefCell;
use std::sync::Arc;

use portcullis_finding::diagnostic::{Edit, Fix, Label};
use portcullis_finding::{Diagnostic, Selection};
use portcullis_iam::{Place, Policy, Span, Version};
use portcullis_prove::Prover;
use portcullis_source::Document;
use rayon::prelude::*;

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
    let flaws = rules.iter().flat_map(|rule| (rule.look)(subject).into_iter().map(|flaw| (*rule, flaw)));
    flaws.map(|(rule, flaw)| diagnostic(subject, rule, flaw)).collect()
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
