//! Policies that stand where no rule expects them: found by what they say, their kind guessed.

use super::resolve::Resolver;
use crate::document::{Attachment, Basis, Heading};
use crate::found::Found;
use crate::guess;
use crate::tree::{self, Made, Node, Tree};

/// Adds every document below the value, which is called `name`.
pub(super) fn add(value: &Tree, name: &str, resolver: &Resolver<'_>, found: &mut Found) {
    visit(value, &mut name.to_owned(), resolver, found);
}

/// As deep as the reader of the file goes.
fn visit(value: &Tree, name: &mut String, resolver: &Resolver<'_>, found: &mut Found) {
    if is_policy(value) {
        return policy(value, name, resolver, found);
    }
    let length = name.len();
    match &value.node {
        Node::List(items) => {
            for (number, item) in items.iter().enumerate() {
                name.push_str(&format!("[{number}]"));
                visit(item, name, resolver, found);
                name.truncate(length);
            }
        }
        Node::Map(fields) => {
            for field in fields {
                name.push_str(if length == 0 { "" } else { "." });
                name.push_str(field.key.known_part());
                visit(&field.value, name, resolver, found);
                name.truncate(length);
            }
        }
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::Text(_) | Node::Json(_) | Node::Unknown(_) => {}
    }
}

fn is_policy(value: &Tree) -> bool {
    let statements = value.get("Statement").map(Tree::items).unwrap_or_default();
    !statements.is_empty() && statements.iter().all(|statement| statement.get("Effect").is_some())
}

fn policy(value: &Tree, name: &str, resolver: &Resolver<'_>, found: &mut Found) {
    let Some(resolved) = resolver.resolve(value) else { return };
    let kind = resolved.signs().kind(&found.path);
    let name = if name.is_empty() { guess::stem(&found.path) } else { name };
    let heading = Heading { name: name.into(), kind, basis: Basis::Guessed, attachment: Attachment::Unknown };
    if let Some(Made { document, notes }) = tree::document(&resolved, heading, resolver.files) {
        found.documents.push(document);
        found.notes.extend(notes);
    }
}
