//! `Ref` and `Fn::GetAtt`.

use super::super::resolve::Resolver;
use crate::places::Source;
use crate::tree::{Node, Text, Tree, Unknown};

/// `Ref`.
pub(super) fn reference(resolver: &Resolver<'_>, argument: &Tree, source: Source) -> Option<Tree> {
    match argument.known() {
        Some(name) => value_of(resolver, name, source),
        None => Some(Tree::unknown(Unknown::made("a reference"), source)),
    }
}

/// `Fn::GetAtt`: what a resource is given when it is made.
pub(super) fn attribute(_: &Resolver<'_>, argument: &Tree, source: Source) -> Option<Tree> {
    let parts: Vec<String> =
        argument.items().iter().filter_map(Tree::scalar).map(|part| part.shown()).collect();
    Some(Tree::unknown(Unknown::named(&parts.join(".")), source))
}

/// `Fn::ImportValue`: what another stack exports.
pub(super) fn import(resolver: &Resolver<'_>, argument: &Tree, source: Source) -> Option<Tree> {
    let name = resolver.text(argument).shown();
    Some(Tree::unknown(Unknown::named(&format!("Fn::ImportValue {name}")), source))
}

/// The value behind a name: the default of a parameter, or something that is not known; none for `AWS::NoValue`.
pub(super) fn value_of(resolver: &Resolver<'_>, name: &str, source: Source) -> Option<Tree> {
    if name == "AWS::NoValue" {
        return None;
    }
    let Some(parameter) = resolver.template.parameter(name) else {
        return Some(Tree::unknown(Unknown::named(name), source));
    };
    let kind = parameter.get("Type").and_then(Tree::known).unwrap_or("String");
    let default = parameter.get("Default").filter(|_| !kind.starts_with("AWS::SSM::"));
    let Some(text) = default.and_then(Tree::scalar) else {
        return Some(Tree::unknown(Unknown::named(name), source));
    };
    let is_list = kind == "CommaDelimitedList" || kind.starts_with("List<");
    let place = default.map_or(source, |default| default.source);
    Some(if is_list {
        Tree::new(Node::List(separated(&text, place)), place)
    } else {
        Tree::text(text, place)
    })
}

/// The values of a list that is written with commas.
fn separated(text: &Text, place: Source) -> Vec<Tree> {
    text.split(",").into_iter().map(|part| Tree::text(part.trimmed(), place)).collect()
}
