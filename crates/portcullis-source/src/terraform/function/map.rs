//! Functions of maps.

use super::Arguments;
use crate::tree::{Field, Node, Tree};

pub(super) fn merge(call: &Arguments<'_, '_>) -> Option<Tree> {
    let mut merged: Vec<Field> = Vec::new();
    for value in &call.values {
        let Node::Map(fields) = &value.node else { return None };
        for field in fields {
            let same =
                |known: &&mut Field| known.key.known().is_some() && known.key.known() == field.key.known();
            match merged.iter_mut().find(same) {
                Some(known) => *known = field.clone(),
                None => merged.push(field.clone()),
            }
        }
    }
    Some(call.made(Node::Map(merged)))
}

pub(super) fn keys(call: &Arguments<'_, '_>) -> Option<Tree> {
    let Node::Map(fields) = &call.get(0)?.node else { return None };
    let keys = fields.iter().map(|field| Tree::text(field.key.clone(), field.key_source));
    Some(call.made(Node::List(keys.collect())))
}

pub(super) fn values(call: &Arguments<'_, '_>) -> Option<Tree> {
    let Node::Map(fields) = &call.get(0)?.node else { return None };
    Some(call.made(Node::List(fields.iter().map(|field| field.value.clone()).collect())))
}

pub(super) fn lookup(call: &Arguments<'_, '_>) -> Option<Tree> {
    let map = call.get(0)?;
    let Node::Map(fields) = &map.node else { return None };
    let key = call.known(1)?;
    let is_certain = fields.iter().all(|field| field.key.known().is_some());
    let other = || call.get(2).filter(|_| is_certain);
    map.get(&key).or_else(other).cloned()
}
