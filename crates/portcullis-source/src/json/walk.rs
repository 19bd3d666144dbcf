//! The search for documents in the values of a file.

use std::sync::Arc;

use portcullis_iam::json::{self, Node, Value};

use super::attached::Attached;
use super::document::{self, File};
use super::trail::{Step, Trail};
use crate::document::Document;
use crate::encoded::{self, Decoded};
use crate::guess::{entries, member};
use crate::places::Places;

/// Every policy document of the values, in the order of the text.
pub(super) fn documents(path: &Arc<str>, text: &str, values: &[Value<'_>]) -> Vec<Document> {
    let file = File { path, text, attached: Attached::new(values) };
    let mut documents = Vec::new();
    for (number, value) in values.iter().enumerate() {
        let step = if values.len() == 1 { Step::Root } else { Step::Item(number) };
        visit(&Trail { value, step, parent: None }, &file, &mut documents);
    }
    documents
}

/// Recursive, as deep as the reader of JSON goes.
fn visit(trail: &Trail<'_, '_, '_>, file: &File<'_, '_>, documents: &mut Vec<Document>) {
    match &trail.value.node {
        Node::Object(_) if document::is_policy(trail.value, trail.key()) => {
            let text = trail.value.span.of(file.text);
            // A file that is a policy is its own text.
            let (text, start) = if trail.parent.is_none() && text == file.text.trim() {
                (file.text, 0)
            } else {
                (text, trail.value.span.start)
            };
            add(
                trail,
                Some(trail.value),
                &Text { text, places: Places::slice(file.path, start) },
                file,
                documents,
            );
        }
        Node::Object(_) => {
            for entry in entries(trail.value).iter().filter(|_| !is_superseded(trail.value)) {
                let step = Step::Member(&entry.key);
                visit(&Trail { value: &entry.value, step, parent: Some(trail) }, file, documents);
            }
        }
        Node::Array(items) => {
            for (number, value) in items.iter().enumerate() {
                visit(&Trail { value, step: Step::Item(number), parent: Some(trail) }, file, documents);
            }
        }
        Node::String(text) if document::may_hold_policy(text, trail.key()) => encoded(trail, file, documents),
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) => {}
    }
}

/// Whether the object is a version of a managed policy that is not in force.
fn is_superseded(value: &Value<'_>) -> bool {
    let is_default = member(value, "IsDefaultVersion").map(|value| &value.node);
    is_default == Some(&Node::Bool(false)) && member(value, "Document").is_some()
}

/// A string that holds a document.
fn encoded(trail: &Trail<'_, '_, '_>, file: &File<'_, '_>, documents: &mut Vec<Document>) {
    let raw = trail.value.span.of(file.text);
    let mut decoded = encoded::json_string(raw, trail.value.span.start, file.path);
    if decoded.text.trim_start().starts_with('%') {
        let Some(plain) = encoded::percent(&decoded) else { return };
        decoded = plain;
    }
    let Decoded { text, places } = decoded;
    let value = json::parse(&text).ok();
    if value.as_ref().is_none_or(|value| document::is_policy(value, trail.key())) {
        add(trail, value.as_ref(), &Text { text: &text, places }, file, documents);
    }
}

/// The text of a document and where it stands.
struct Text<'t> {
    text: &'t str,
    places: Places,
}

fn add(
    trail: &Trail<'_, '_, '_>,
    value: Option<&Value<'_>>,
    text: &Text<'_>,
    file: &File<'_, '_>,
    documents: &mut Vec<Document>,
) {
    let headings = document::headings(trail, value, file);
    documents.extend(
        headings.into_iter().map(|heading| Document::written(heading, text.text, text.places.clone())),
    );
}
