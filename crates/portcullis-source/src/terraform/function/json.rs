//! `jsonencode` and `jsondecode`.

use super::Arguments;
use crate::tree::{self, Node, Tree};

pub(super) fn encode(call: &Arguments<'_, '_>) -> Option<Tree> {
    call.get(0).map(|value| call.made(Node::Json(Box::new(value.clone()))))
}

pub(super) fn decode(call: &Arguments<'_, '_>) -> Option<Tree> {
    match &call.get(0)?.node {
        Node::Json(inner) => Some(inner.as_ref().clone()),
        Node::Text(text) => tree::parse(text).ok(),
        _ => None,
    }
}
