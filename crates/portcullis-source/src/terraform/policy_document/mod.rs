//! The data source `aws_iam_policy_document`: the document that its blocks make, as the provider makes it.

mod block;
mod merge;
mod statement;

use super::collection;
use super::eval::Evaluator;
use super::module::{InFile, Value};
use crate::places::Source;
use crate::tree::{self, Field, Node, Text, Tree, Unknown};

/// The `json` attribute of the data source at an address that exists.
pub(super) fn json(evaluator: &Evaluator<'_>, address: &str) -> Tree {
    let Some(resource) = evaluator.module.resources.get(address) else {
        return Tree::unknown(Unknown::named(address), Source::default());
    };
    let source = resource.block.source();
    evaluator.once(&format!("{address}.json"), source, || {
        Tree::new(Node::Json(Box::new(document(evaluator, resource.block))), source)
    })
}

/// The document of a data source: the sources, its own statements, the overrides.
fn document(evaluator: &Evaluator<'_>, block: InFile<'_>) -> Tree {
    let mut merged = merge::Merged::default();
    for source in documents(evaluator, block, ["source_policy_documents", "source_json"]) {
        merged.add(&source);
    }
    merged.add(&own(evaluator, block));
    for over in documents(evaluator, block, ["override_policy_documents", "override_json"]) {
        merged.override_with(&over);
    }
    merged.into_tree(block.source(), head(block))
}

/// What is pointed at when the whole block is meant.
fn head(block: InFile<'_>) -> Source {
    super::module::source(&block.block.ident, block.file)
}

/// The document that the block itself makes.
fn own(evaluator: &Evaluator<'_>, block: InFile<'_>) -> Tree {
    let version = match block.get("version") {
        Some(version) => field("Version", version, evaluator.value(version)),
        None => default("Version", "2012-10-17", head(block)),
    };
    let mut fields = vec![version];
    fields.extend(block.get("policy_id").map(|id| field("Id", id, evaluator.value(id))));
    let statements = block::expanded(evaluator, block, "statement");
    let statements = statements.iter().map(|inner| statement::statement(evaluator, inner));
    let statements = Tree::new(Node::List(statements.collect()), block.source());
    fields.push(Field {
        key: Text::made("Statement", head(block)),
        key_source: head(block),
        source: block.source(),
        value: statements,
    });
    Tree::new(Node::Map(fields), block.source())
}

/// The documents that an attribute names, by its name of today or of former times.
fn documents(evaluator: &Evaluator<'_>, block: InFile<'_>, names: [&str; 2]) -> Vec<Tree> {
    let attribute = names.iter().find_map(|name| block.get(name));
    let Some(attribute) = attribute else { return Vec::new() };
    let value = evaluator.value(attribute);
    let items = collection::list(&value).unwrap_or_else(|| vec![value]);
    let document = |item: Tree| match item.node {
        Node::Json(inner) => Some(*inner),
        Node::Text(text) if text.known().is_some_and(str::is_empty) => None,
        Node::Text(text) => Some(tree::parse(&text).unwrap_or_else(|_| evaluator.made(item.source))),
        Node::Null => None,
        Node::Unknown(_) => Some(item),
        Node::Bool(_) | Node::Number(_) | Node::List(_) | Node::Map(_) => Some(evaluator.made(item.source)),
    };
    items.into_iter().filter_map(document).collect()
}

/// The element that an attribute is.
fn field(key: &str, attribute: Value<'_>, value: Tree) -> Field {
    let key_source = attribute.key_source;
    Field { key: Text::made(key, key_source), key_source, value, source: attribute.source }
}

/// An element that no attribute gives.
fn default(key: &str, value: &str, head: Source) -> Field {
    let value = Tree::text(Text::made(value, head), head);
    Field { key: Text::made(key, head), key_source: head, value, source: head }
}
