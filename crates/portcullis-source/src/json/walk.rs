//! The search for documents in the values of a file.

use portcullis_iam::json::{self, Node, Value};

use super::attached::Attached;
use super::document::{self, File};
use super::trail::{Step, Trail};
use crate::cloudformation::{Resolver, Template};
use crate::document::Document;
use crate::encoded::{self, Decoded};
use crate::found::Found;
use crate::guess::{entries, member};
use crate::places::{Files, Places, Runs};
use crate::tree::{self, Made};

/// Adds every policy document of the values, in the order of the text.
pub(super) fn documents(text: &str, number: u32, files: &Files, values: &[Value<'_>], found: &mut Found) {
    let path = std::sync::Arc::clone(&found.path);
    let file = File { path: &path, number, files, text, attached: Attached::new(values) };
    let mut walk = Walk { file, found };
    for (number, value) in values.iter().enumerate() {
        let step = if values.len() == 1 { Step::Root } else { Step::Item(number) };
        walk.visit(&Trail { value, step, parent: None });
    }
}

struct Walk<'w, 'v> {
    file: File<'w, 'v>,
    found: &'w mut Found,
}

impl Walk<'_, '_> {
    /// Recursive, as deep as the reader of JSON goes.
    fn visit(&mut self, trail: &Trail<'_, '_, '_>) {
        match &trail.value.node {
            Node::Object(_) if document::is_policy(trail.value, trail.key()) => self.policy(trail),
            Node::Object(_) => {
                for entry in entries(trail.value).iter().filter(|_| !is_superseded(trail.value)) {
                    let step = Step::Member(&entry.key);
                    self.visit(&Trail { value: &entry.value, step, parent: Some(trail) });
                }
            }
            Node::Array(items) => {
                for (number, value) in items.iter().enumerate() {
                    self.visit(&Trail { value, step: Step::Item(number), parent: Some(trail) });
                }
            }
            Node::String(text) if document::may_hold_policy(text, trail.key()) => self.encoded(trail),
            Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) => {}
        }
    }

    fn policy(&mut self, trail: &Trail<'_, '_, '_>) {
        let text = trail.value.span.of(self.file.text);
        if text.contains("\"Fn::") || text.contains("\"Ref\"") {
            return self.fragment(trail);
        }
        // A file that is a policy is its own text.
        let is_file = trail.parent.is_none() && text == self.file.text.trim();
        let (text, start) = if is_file { (self.file.text, 0) } else { (text, trail.value.span.start) };
        let places = Places::new(self.file.files, Runs::slice(self.file.number, start), Vec::new());
        self.add(trail, Some(trail.value), text, &places);
    }

    /// A policy that was taken out of a CloudFormation template.
    fn fragment(&mut self, trail: &Trail<'_, '_, '_>) {
        let tree = tree::from_json(trail.value, self.file.text, &Runs::slice(self.file.number, 0));
        let template = Template::empty();
        let resolver = Resolver::new(&template, self.file.files);
        let Some(tree) = resolver.resolve(&tree) else { return };
        self.found.notes.extend(resolver.into_notes());
        for heading in document::headings(trail, Some(trail.value), &self.file) {
            if let Some(Made { document, notes }) = tree::document(&tree, heading, self.file.files) {
                self.found.documents.push(document);
                self.found.notes.extend(notes);
            }
        }
    }

    /// A string that holds a document.
    fn encoded(&mut self, trail: &Trail<'_, '_, '_>) {
        let mut decoded =
            encoded::json_string(self.file.text, trail.value.span, &Runs::slice(self.file.number, 0));
        if decoded.text.trim_start().starts_with('%') {
            let Some(plain) = encoded::percent(&decoded) else { return };
            decoded = plain;
        }
        let Decoded { text, runs } = decoded;
        let value = json::parse(&text).ok();
        if value.as_ref().is_none_or(|value| document::is_policy(value, trail.key())) {
            self.add(trail, value.as_ref(), &text, &Places::new(self.file.files, runs, Vec::new()));
        }
    }

    fn add(&mut self, trail: &Trail<'_, '_, '_>, value: Option<&Value<'_>>, text: &str, places: &Places) {
        let headings = document::headings(trail, value, &self.file).into_iter();
        self.found.documents.extend(headings.map(|heading| Document::written(heading, text, places.clone())));
    }
}

/// Whether the object is a version of a managed policy that is not in force.
fn is_superseded(value: &Value<'_>) -> bool {
    let is_default = member(value, "IsDefaultVersion").map(|value| &value.node);
    is_default == Some(&Node::Bool(false)) && member(value, "Document").is_some()
}
