//! The JSON syntax of Terraform (`*.tf.json`), written again in the native one with the place of every part.

mod string;

use portcullis_iam::Span;
use portcullis_iam::json::{self, Entry, JsonError, Node, Value};

use crate::guess::items;
use crate::places::{Runs, Source};

/// The native text that says the same as a file in JSON.
pub(crate) struct Native {
    pub(crate) text: String,
    /// Where its parts stand in the JSON.
    pub(crate) runs: Runs,
}

/// The file of number `file` in the native syntax.
pub(crate) fn native(text: &str, file: u32) -> Result<Native, JsonError> {
    let root = json::parse(text)?;
    let mut writer = Writer { json: text, file, out: Native { text: String::new(), runs: Runs::default() } };
    for entry in members(&root) {
        if let Some((_, labels)) = BLOCKS.iter().find(|(kind, _)| *kind == entry.key) {
            writer.labelled(&entry.key, *labels, entry.key_span, &entry.value, &mut Vec::new());
        }
    }
    Ok(writer.out)
}

/// The blocks at the top of a file, with how many labels each has.
const BLOCKS: [(&str, usize); 8] = [
    ("resource", 2),
    ("data", 2),
    ("variable", 1),
    ("output", 1),
    ("module", 1),
    ("provider", 1),
    ("check", 1),
    ("locals", 0),
];

/// What is a block inside of blocks, and not an attribute: JSON writes both alike.
const INNER: [(&str, &[&str]); 4] = [
    ("aws_iam_policy_document", &["statement", "dynamic"]),
    ("statement", &["condition", "principals", "not_principals", "dynamic"]),
    ("aws_iam_role", &["inline_policy", "dynamic"]),
    ("dynamic", &["content"]),
];

struct Writer<'t> {
    json: &'t str,
    file: u32,
    out: Native,
}

/// The entries of an object, or of all objects of an array: Terraform takes several blocks either way.
fn members<'v, 't>(value: &'v Value<'t>) -> impl Iterator<Item = &'v Entry<'t>> {
    let objects = items(value).iter().filter_map(|item| match &item.node {
        Node::Object(entries) => Some(entries),
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) | Node::Array(_) => None,
    });
    objects.flatten().filter(|entry| entry.key != "//")
}

impl<'t> Writer<'t> {
    /// The blocks of a kind, whose labels are keys.
    fn labelled(
        &mut self,
        kind: &str,
        missing: usize,
        place: Span,
        value: &Value<'t>,
        labels: &mut Vec<(String, Span)>,
    ) {
        if missing == 0 {
            for object in items(value) {
                self.block(kind, labels, if labels.is_empty() { object.span } else { place }, object);
            }
            return;
        }
        for entry in members(value) {
            labels.push((entry.key.to_string(), entry.key_span));
            self.labelled(kind, missing - 1, entry.key_span, &entry.value, labels);
            labels.pop();
        }
    }

    fn block(&mut self, kind: &str, labels: &[(String, Span)], place: Span, body: &Value<'t>) {
        let is_name = |(label, _): &(String, Span)| is_identifier(label);
        if !matches!(body.node, Node::Object(_)) || !labels.iter().all(is_name) {
            return;
        }
        self.put(kind, place);
        for (label, span) in labels {
            self.put(&format!(" \"{label}\""), *span);
        }
        self.put(" {\n", place);
        let first = labels.first().map(|(label, _)| label.as_str());
        // Statements that are made by a `dynamic` block have the content of statements.
        let inner = first.filter(|_| kind != "dynamic").unwrap_or(kind);
        self.body(inner, first, body);
        self.put("}", last(body.span));
        self.put("\n", last(body.span));
    }

    fn body(&mut self, kind: &str, label: Option<&str>, body: &Value<'t>) {
        let inner = INNER.iter().find(|(of, _)| *of == kind).map(|(_, inner)| *inner).unwrap_or_default();
        for entry in members(body).filter(|entry| is_identifier(&entry.key)) {
            match entry.key.as_ref() {
                name if !inner.contains(&name) => self.attribute(kind, entry),
                "dynamic" => self.labelled("dynamic", 1, entry.key_span, &entry.value, &mut Vec::new()),
                "content" => self.content(label.unwrap_or_default(), entry),
                name => self.nested(name, entry),
            }
        }
    }

    /// Blocks without labels, one or several.
    fn nested(&mut self, name: &str, entry: &Entry<'t>) {
        let is_one = matches!(entry.value.node, Node::Object(_));
        for object in items(&entry.value) {
            self.block(name, &[], if is_one { entry.key_span } else { object.span }, object);
        }
    }

    /// The content of a `dynamic` block, which is that of the blocks that it makes.
    fn content(&mut self, made: &str, entry: &Entry<'t>) {
        self.put("content {\n", entry.key_span);
        self.body(made, None, &entry.value);
        self.put("}", last(entry.value.span));
        self.put("\n", last(entry.value.span));
    }

    fn attribute(&mut self, kind: &str, entry: &Entry<'t>) {
        self.copy(inside(entry.key_span));
        self.put(" = ", last(entry.key_span));
        match &entry.value.node {
            // JSON has no names, so that the name of the variable is a string.
            Node::String(name) if kind == "dynamic" && entry.key == "iterator" && is_identifier(name) => {
                self.copy(inside(entry.value.span));
            }
            Node::Null
            | Node::Bool(_)
            | Node::Number(_)
            | Node::String(_)
            | Node::Array(_)
            | Node::Object(_) => self.expression(&entry.value),
        }
        self.put("\n", last(entry.value.span));
    }

    fn expression(&mut self, value: &Value<'t>) {
        match &value.node {
            Node::Null | Node::Bool(_) | Node::Number(_) => self.copy(value.span),
            Node::String(_) => self.string(value.span),
            Node::Array(items) => {
                self.put("[", first(value.span));
                for item in items {
                    self.expression(item);
                    self.put(", ", last(item.span));
                }
                self.put("]", last(value.span));
            }
            Node::Object(entries) => {
                self.put("{", first(value.span));
                for entry in entries {
                    self.string(entry.key_span);
                    self.put(" = ", last(entry.key_span));
                    self.expression(&entry.value);
                    self.put(", ", last(entry.value.span));
                }
                self.put("}", last(value.span));
            }
        }
    }

    /// A string, which is a template.
    fn string(&mut self, span: Span) {
        self.put("\"", first(span));
        for part in string::parts(inside(span).of(self.json), inside(span).start) {
            match part.text {
                Some(text) => self.put(&text, part.span),
                None => self.copy(part.span),
            }
        }
        self.put("\"", last(span));
    }

    /// The text as it stands in the JSON.
    fn copy(&mut self, span: Span) {
        self.out.runs.push(self.out.text.len(), Source::new(self.file, span), true);
        self.out.text.push_str(span.of(self.json));
    }

    /// A text that stands for a part of the JSON.
    fn put(&mut self, text: &str, span: Span) {
        self.out.runs.push(self.out.text.len(), Source::new(self.file, span), false);
        self.out.text.push_str(text);
    }
}

fn is_identifier(name: &str) -> bool {
    let is_part = |character: char| character.is_ascii_alphanumeric() || matches!(character, '_' | '-');
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') && name.chars().all(is_part)
}

fn first(span: Span) -> Span {
    Span::new(span.start, span.end.min(span.start.saturating_add(1)))
}

fn last(span: Span) -> Span {
    Span::new(span.start.max(span.end.saturating_sub(1)), span.end)
}

fn inside(span: Span) -> Span {
    Span::new(span.start.saturating_add(1), span.end.saturating_sub(1).max(span.start.saturating_add(1)))
}
