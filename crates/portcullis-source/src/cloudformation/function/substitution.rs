//! `Fn::Sub`.

use portcullis_iam::span::Span;

use super::super::resolve::Resolver;
use super::reference::value_of;
use crate::place::offset;
use crate::places::Source;
use crate::tree::{Node, Text, Tree, Unknown};

/// `Fn::Sub`: a text, or a text and a map of further names.
pub(super) fn substitute(resolver: &Resolver<'_>, argument: &Tree, source: Source) -> Option<Tree> {
    let (pattern, names) = match &argument.node {
        Node::List(parts) => (parts.first()?, parts.get(1)),
        _ => (argument, None),
    };
    let pattern = resolver.text(pattern);
    let mut text = Text::default();
    let known = pattern.known_part();
    let mut at = 0;
    while let Some(start) = known.get(at..).and_then(|rest| rest.find("${")).map(|found| at + found) {
        let Some(end) = known.get(start..).and_then(|rest| rest.find('}')).map(|found| start + found + 1)
        else {
            break;
        };
        let before = Span::new(offset(at), offset(start));
        text.push_part(&pattern, before);
        let name = known.get(start + 2..end - 1).unwrap_or_default();
        let place = Span::new(offset(start), offset(end));
        if let Some(after) = name.strip_prefix('!') {
            text.push_part(&pattern, Span::new(place.start, place.start + 2));
            text.push_part(&pattern, Span::new(place.end - offset(after.len()) - 1, place.end));
        } else {
            let origin = pattern.runs().source(place).unwrap_or(source);
            match value(resolver, name.trim(), names, origin) {
                Some(value) => text.push_str(&value),
                None => text.push_part(&pattern, place),
            }
        }
        at = end;
    }
    text.push_part(&pattern, Span::new(offset(at), offset(known.len())));
    Some(Tree::text(text, source))
}

/// What stands for a name; none when it is no name of a template, so that it stays as it is.
fn value(resolver: &Resolver<'_>, name: &str, names: Option<&Tree>, source: Source) -> Option<Text> {
    if let Some(own) = names.and_then(|names| names.get(name)) {
        return Some(resolver.text(own));
    }
    let is_pseudo = name.starts_with("AWS::");
    if name.contains(':') && !is_pseudo {
        let message =
            format!("CloudFormation refuses `${{{name}}}` here: a policy variable is written `${{!{name}}}`");
        resolver.note(message, source);
        return None;
    }
    let tree = match name.contains('.') {
        true => Some(Tree::unknown(Unknown::named(name), source)),
        false => value_of(resolver, name, source),
    };
    Some(tree.map_or_else(Text::default, |tree| joined(&tree)))
}

/// A value inside a text: lists with commas.
fn joined(tree: &Tree) -> Text {
    let mut text = Text::default();
    for (number, item) in tree.items().iter().enumerate() {
        if 0 < number {
            text.push_made(",", item.source.first());
        }
        if let Some(item) = item.scalar() {
            text.push_str(&item);
        }
    }
    text
}
