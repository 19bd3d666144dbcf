//! Functions of lists.

use super::super::collection;
use super::Arguments;
use crate::tree::{Node, Tree, Unknown};

pub(super) fn concat(call: &Arguments<'_, '_>) -> Option<Tree> {
    let lists: Option<Vec<_>> = call.values.iter().map(collection::list).collect();
    Some(call.made(Node::List(lists?.into_iter().flatten().collect())))
}

pub(super) fn concat_distinct(call: &Arguments<'_, '_>) -> Option<Tree> {
    let Node::List(items) = concat(call)?.node else { return None };
    Some(call.made(Node::List(collection::distinct(items))))
}

pub(super) fn flatten(call: &Arguments<'_, '_>) -> Option<Tree> {
    let mut flat = Vec::new();
    push_flat(call.get(0)?, &mut flat);
    Some(call.made(Node::List(flat)))
}

/// As deep as the value.
fn push_flat(value: &Tree, flat: &mut Vec<Tree>) {
    match &value.node {
        Node::List(items) => items.iter().for_each(|item| push_flat(item, flat)),
        _ => flat.push(value.clone()),
    }
}

pub(super) fn distinct(call: &Arguments<'_, '_>) -> Option<Tree> {
    let items = collection::distinct(collection::list(call.get(0)?)?);
    Some(call.made(Node::List(items)))
}

/// The argument itself: no policy means something else by another order or type.
pub(super) fn same(call: &Arguments<'_, '_>) -> Option<Tree> {
    call.get(0).cloned()
}

pub(super) fn reverse(call: &Arguments<'_, '_>) -> Option<Tree> {
    let Node::List(items) = &call.get(0)?.node else { return None };
    Some(call.made(Node::List(items.iter().rev().cloned().collect())))
}

/// Without empty texts.
pub(super) fn compact(call: &Arguments<'_, '_>) -> Option<Tree> {
    let is_full = |item: &Tree| item.node != Node::Null && item.known() != Some("");
    let items = collection::list(call.get(0)?)?.into_iter().filter(is_full);
    Some(call.made(Node::List(items.collect())))
}

pub(super) fn element(call: &Arguments<'_, '_>) -> Option<Tree> {
    let items = known_list(call.get(0)?)?;
    let index: usize = call.known(1)?.parse().ok()?;
    items.get(index.checked_rem(items.len())?).cloned()
}

pub(super) fn slice(call: &Arguments<'_, '_>) -> Option<Tree> {
    let items = known_list(call.get(0)?)?;
    let range = call.known(1)?.parse().ok()?..call.known(2)?.parse().ok()?;
    Some(call.made(Node::List(items.get(range)?.to_vec())))
}

pub(super) fn one(call: &Arguments<'_, '_>) -> Option<Tree> {
    match known_list(call.get(0)?)? {
        [] => Some(call.made(Node::Null)),
        [only] => Some(only.clone()),
        _ => None,
    }
}

pub(super) fn length(call: &Arguments<'_, '_>) -> Option<Tree> {
    let value = call.get(0)?;
    let length = match &value.node {
        Node::List(_) => known_list(value)?.len(),
        Node::Map(fields) => fields.len(),
        Node::Text(text) => text.known()?.chars().count(),
        _ => return None,
    };
    Some(call.made(Node::Number(length.to_string().into())))
}

/// The first that is neither null nor empty.
pub(super) fn coalesce(call: &Arguments<'_, '_>) -> Option<Tree> {
    for value in &call.values {
        match &value.node {
            Node::Null => {}
            Node::List(items) if items.is_empty() => {}
            Node::Text(text) if text.known() == Some("") => {}
            Node::Unknown(_) => return perhaps(value),
            _ => return Some(value.clone()),
        }
    }
    None
}

/// `try`: the first one, which what is not known may turn out not to be.
pub(super) fn first_known(call: &Arguments<'_, '_>) -> Option<Tree> {
    let first = call.get(0)?;
    perhaps(first).or_else(|| Some(first.clone()))
}

/// What is not known, or something else; none for what is known.
fn perhaps(value: &Tree) -> Option<Tree> {
    let Node::Unknown(unknown) = &value.node else { return None };
    Some(Tree::unknown(Unknown::made(&unknown.what), value.source))
}

/// The items of a list all of which are known to be one item each.
fn known_list(value: &Tree) -> Option<&[Tree]> {
    let Node::List(items) = &value.node else { return None };
    items.iter().all(|item| !matches!(item.node, Node::Unknown(_))).then_some(items.as_slice())
}
