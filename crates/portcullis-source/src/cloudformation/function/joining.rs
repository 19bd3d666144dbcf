//! `Fn::Join`, `Fn::Split` and `Fn::ToJsonString`.

use super::super::resolve::Resolver;
use crate::places::Source;
use crate::tree::{Node, Text, Tree, Unknown, to_json};

/// `Fn::Join`: a delimiter and a list.
pub(super) fn join(resolver: &Resolver<'_>, argument: &Tree, source: Source) -> Option<Tree> {
    let unknown = |what| Some(Tree::unknown(Unknown::made(what), source));
    let [delimiter, list] = argument.items() else { return unknown("Fn::Join") };
    let delimiter = resolver.text(delimiter);
    let list = resolver.resolve(list)?;
    let Node::List(items) = &list.node else {
        return unknown("Fn::Join");
    };
    let mut text = Text::default();
    for (number, item) in items.iter().enumerate() {
        if 0 < number {
            text.push_str(&delimiter);
        }
        let Some(item) = item.scalar() else { return unknown("Fn::Join") };
        text.push_str(&item);
    }
    Some(Tree::text(text, source))
}

/// `Fn::Split`: a delimiter and a text.
pub(super) fn split(resolver: &Resolver<'_>, argument: &Tree, source: Source) -> Option<Tree> {
    let [delimiter, text] = argument.items() else {
        return Some(Tree::unknown(Unknown::made("Fn::Split"), source));
    };
    let (delimiter, text) = (resolver.text(delimiter), resolver.text(text));
    match delimiter.known() {
        Some(delimiter) if text.known().is_some() && !delimiter.is_empty() => {
            let parts = text.split(delimiter).into_iter().map(|part| Tree::text(part, source));
            Some(Tree::new(Node::List(parts.collect()), source))
        }
        Some(_) | None => Some(Tree::unknown(Unknown::made("Fn::Split"), source)),
    }
}

/// `Fn::ToJsonString`: the value as JSON.
pub(super) fn to_json_string(resolver: &Resolver<'_>, argument: &Tree, source: Source) -> Option<Tree> {
    let value = resolver.resolve(argument)?;
    Some(Tree::text(to_json(&value), source))
}
