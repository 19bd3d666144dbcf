//! `Fn::Select` and `Fn::FindInMap`.

use super::super::resolve::Resolver;
use crate::places::Source;
use crate::tree::{Node, Tree, Unknown};

/// `Fn::Select`: an index and a list.
pub(super) fn select(resolver: &Resolver<'_>, argument: &Tree, source: Source) -> Option<Tree> {
    let selected = || {
        let [index, list] = argument.items() else { return None };
        let index: usize = resolver.text(index).known()?.parse().ok()?;
        match resolver.resolve(list)?.node {
            Node::List(items) => items.into_iter().nth(index),
            _ => None,
        }
    };
    Some(selected().unwrap_or_else(|| Tree::unknown(Unknown::made("Fn::Select"), source)))
}

/// `Fn::FindInMap`: a map and two keys, and perhaps a default.
pub(super) fn find_in_map(resolver: &Resolver<'_>, argument: &Tree, source: Source) -> Option<Tree> {
    let mut names = argument.items().iter().map(|item| resolver.text(item));
    let (map, first, second) = (names.next()?, names.next(), names.next());
    let what = format!("Fn::FindInMap {}", map.shown());
    let unknown = || Some(Tree::unknown(Unknown::made(&what), source));
    let (Some(first), Some(second)) = (first, second) else { return unknown() };
    let (Some(map), Some(first), Some(second)) = (map.known(), first.known(), second.known()) else {
        return unknown();
    };
    let found = resolver.template.mapping(map).and_then(|map| map.get(first)?.get(second));
    match found {
        Some(found) => resolver.resolve(found),
        None => unknown(),
    }
}
