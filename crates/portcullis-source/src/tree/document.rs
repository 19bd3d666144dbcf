//! A policy document of a tree.

use std::sync::Arc;

use portcullis_iam::parse::Parsed;
use portcullis_iam::{Policy, Version};

use super::gaps::{Gaps, Gathered, unknown_in};
use super::statement::{Variables, statement};
use super::text::Text;
use super::write::Holes;
use super::{Field, Node, Tree, json, write};
use crate::UNKNOWN_KEY;
use crate::document::{Document, Heading};
use crate::encoded::Decoded;
use crate::found::Note;
use crate::places::{Files, Places};

/// A document, and what its reader should know.
pub(crate) struct Made {
    pub(crate) document: Document,
    pub(crate) notes: Vec<Note>,
}

/// The policy that the tree is, or that the text of a string is; none when nothing is known of it.
pub(crate) fn document(tree: &Tree, heading: Heading, files: &Files) -> Option<Made> {
    match &tree.node {
        Node::Unknown(_) | Node::Null => None,
        Node::Text(text) => of_text(text, heading, files),
        Node::Json(inner) => document(inner, heading, files),
        Node::Bool(_) | Node::Number(_) | Node::List(_) | Node::Map(_) => Some(of_tree(tree, heading, files)),
    }
}

fn of_text(text: &Text, heading: Heading, files: &Files) -> Option<Made> {
    if text.known_part().trim().is_empty() {
        return None;
    }
    if let Some(known) = text.known() {
        return Some(written(known, heading, Places::new(files, text.runs().clone(), Vec::new())));
    }
    match json::parse(text) {
        Ok(tree) => Some(of_tree(&tree, heading, files)),
        // What is not known may be what is missing: only what goes wrong before it is certain.
        Err(error) if error.is_certain => {
            let Decoded { text, runs } = json::composed(text);
            Some(written(&text, heading, Places::new(files, runs, Vec::new())))
        }
        Err(_) => None,
    }
}

fn written(text: &str, heading: Heading, places: Places) -> Made {
    Made { document: Document::written(heading, text, places), notes: Vec::new() }
}

fn of_tree(tree: &Tree, heading: Heading, files: &Files) -> Made {
    let mut gaps = Gaps::new(files);
    let left = policy(tree, &mut gaps);
    let written = write::write(&left, Holes::Named(&|hole| gaps.name(hole)));
    let Decoded { text, runs } = written.out.into_known();
    let places = Places::new(files, runs, written.wholes);
    let Gathered { gaps, placeholders, notes } = gaps.gathered();
    let mut document = Document::written(heading, &text, places);
    let is_empty =
        left.get("Statement").is_none_or(|list| matches!(&list.node, Node::List(items) if items.is_empty()));
    if is_empty && !gaps.is_empty() {
        document.parsed = nothing_known(&document.text);
    }
    if !gaps.is_empty() || !placeholders.is_empty() {
        leave_out_made(&mut document);
    }
    (document.gaps, document.placeholders) = (gaps, placeholders);
    Made { document, notes }
}

/// The policy without what is not known of it.
fn policy(tree: &Tree, gaps: &mut Gaps<'_>) -> Tree {
    let Node::Map(fields) = &tree.node else { return tree.clone() };
    let version = tree.get("Version");
    if let Some(unknown) = version.and_then(unknown_in) {
        gaps.gap(format!("`{}` in `Version`", unknown.what), &unknown.what, None, tree.source);
        return Tree::new(Node::Map(Vec::new()), tree.source);
    }
    let is_2012 = version.and_then(Tree::known) == Some("2012-10-17");
    let variables = if is_2012 { Variables::Known } else { Variables::Plain };
    let fields = fields.iter().filter_map(|field| match field.key.known() {
        Some("Statement") => Some(statements(field, variables, gaps)),
        Some("Id") => unknown_in(&field.value).is_none().then(|| field.clone()),
        Some(_) | None => Some(field.clone()),
    });
    Tree { node: Node::Map(fields.collect()), ..tree.shell() }
}

fn statements(field: &Field, variables: Variables, gaps: &mut Gaps<'_>) -> Field {
    let value = &field.value;
    let node = match &value.node {
        Node::List(items) => {
            Node::List(items.iter().filter_map(|item| statement(item, variables, gaps)).collect())
        }
        Node::Map(_) | Node::Unknown(_) => match statement(value, variables, gaps) {
            Some(left) => left.node,
            None => Node::List(Vec::new()),
        },
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::Text(_) | Node::Json(_) => value.node.clone(),
    };
    Field { value: Tree::new(node, value.source), ..field.clone() }
}

/// A policy of which no statement is known.
fn nothing_known(text: &Arc<str>) -> Parsed {
    let policy = Policy { text: Arc::clone(text), version: Version::V2012, id: None, statements: Vec::new() };
    Parsed { policy: Some(policy), problems: Vec::new() }
}

/// Leaves out the problems that only placeholders make: those of a string with one, and sizes.
fn leave_out_made(document: &mut Document) {
    let text = Arc::clone(&document.text);
    document.parsed.problems.retain(|problem| {
        let token = problem.span.of(&text);
        let is_held = token.contains(UNKNOWN_KEY) && token.matches('"').count() <= 2;
        !is_held && problem.code != "policy-too-large"
    });
}
