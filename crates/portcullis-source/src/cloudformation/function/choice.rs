//! `Fn::If`.

use super::super::condition;
use super::super::resolve::Resolver;
use crate::places::Source;
use crate::tree::{Tree, Unknown};

/// `Fn::If`: a condition and two values.
pub(super) fn choose(resolver: &Resolver<'_>, argument: &Tree, source: Source) -> Option<Tree> {
    let [name, then, otherwise] = argument.items() else {
        return Some(Tree::unknown(Unknown::made("Fn::If"), source));
    };
    let name = name.known().unwrap_or_default();
    match condition::named(resolver, name) {
        Some(true) => resolver.resolve(then),
        Some(false) => resolver.resolve(otherwise),
        None => Some(Tree::unknown(Unknown::made(&format!("Fn::If {name}")), source)),
    }
}
