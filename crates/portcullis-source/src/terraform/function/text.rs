//! Functions of texts.

use super::super::collection;
use super::Arguments;
use crate::tree::{Node, Text, Tree};

pub(super) fn format(call: &Arguments<'_, '_>) -> Option<Tree> {
    formatted(call, &call.values)
}

/// One text for every item of the lists among the arguments.
pub(super) fn format_list(call: &Arguments<'_, '_>) -> Option<Tree> {
    let length = |value: &Tree| if let Node::List(items) = &value.node { Some(items.len()) } else { None };
    let count = call.values.iter().filter_map(length).max()?;
    let item = |value: &Tree, number: usize| match &value.node {
        Node::List(items) => items.get(number).cloned(),
        Node::Unknown(_) => None,
        _ => Some(value.clone()),
    };
    let texts = (0..count).map(|number| {
        let values: Option<Vec<_>> = call.values.iter().map(|value| item(value, number)).collect();
        formatted(call, &values?)
    });
    Some(call.made(Node::List(texts.collect::<Option<_>>()?)))
}

/// `%s`, `%v` and `%d`; none for other verbs.
fn formatted(call: &Arguments<'_, '_>, values: &[Tree]) -> Option<Tree> {
    let (pattern, mut values) = values.split_first().map(|(first, rest)| (first, rest.iter()))?;
    let Node::Text(pattern) = &pattern.node else { return None };
    pattern.known()?;
    let mut text = Text::default();
    for (number, piece) in pattern.split("%").into_iter().enumerate() {
        let rest = piece.known()?;
        match rest.chars().next() {
            _ if number == 0 => text.push_str(&piece),
            Some('s' | 'v' | 'd') => {
                text.push_str(&values.next()?.scalar()?);
                text.push_str(&piece.without_first());
            }
            _ => return None,
        }
    }
    Some(Tree::text(text, call.place))
}

pub(super) fn join(call: &Arguments<'_, '_>) -> Option<Tree> {
    let delimiter = call.get(0)?.scalar()?;
    let Node::List(items) = &call.get(1)?.node else { return None };
    let mut text = Text::default();
    for (number, item) in items.iter().enumerate() {
        if 0 < number {
            text.push_str(&delimiter);
        }
        text.push_str(&item.scalar()?);
    }
    Some(Tree::text(text, call.place))
}

pub(super) fn split(call: &Arguments<'_, '_>) -> Option<Tree> {
    let delimiter = call.known(0).filter(|delimiter| !delimiter.is_empty())?;
    let text = call.get(1)?.scalar()?;
    text.known()?;
    let parts = text.split(&delimiter).into_iter().map(|part| Tree::text(part, call.place));
    Some(call.made(Node::List(parts.collect())))
}

pub(super) fn to_string(call: &Arguments<'_, '_>) -> Option<Tree> {
    let value = call.get(0)?;
    Some(Tree::text(value.scalar()?, value.source))
}

pub(super) fn lower(call: &Arguments<'_, '_>) -> Option<Tree> {
    changed(call, |text| Some(text.to_lowercase()))
}

pub(super) fn upper(call: &Arguments<'_, '_>) -> Option<Tree> {
    changed(call, |text| Some(text.to_uppercase()))
}

pub(super) fn chomp(call: &Arguments<'_, '_>) -> Option<Tree> {
    let value = call.get(0)?;
    match &value.node {
        Node::Text(text) => Some(Tree::text(text.without_line_ends(), value.source)),
        Node::Json(_) => Some(value.clone()),
        _ => None,
    }
}

pub(super) fn trim_space(call: &Arguments<'_, '_>) -> Option<Tree> {
    let value = call.get(0)?;
    match &value.node {
        Node::Text(text) => Some(Tree::text(text.trimmed(), value.source)),
        Node::Json(_) => Some(value.clone()),
        _ => None,
    }
}

pub(super) fn replace(call: &Arguments<'_, '_>) -> Option<Tree> {
    let (from, to) = (call.known(1)?, call.known(2)?);
    // Between slashes it is a regular expression.
    let is_plain = !(2 <= from.len() && from.starts_with('/') && from.ends_with('/'));
    changed(call, |text| is_plain.then(|| text.replace(&from, &to)))
}

pub(super) fn trim_suffix(call: &Arguments<'_, '_>) -> Option<Tree> {
    let suffix = call.known(1)?;
    changed(call, |text| Some(text.strip_suffix(suffix.as_str()).unwrap_or(text).to_owned()))
}

/// A text that the call makes of a known one, or of each of a list.
fn changed(call: &Arguments<'_, '_>, change: impl Fn(&str) -> Option<String>) -> Option<Tree> {
    let value = call.get(0)?;
    match &value.node {
        Node::List(_) => {
            let items = collection::list(value)?.into_iter();
            let texts = items.map(|item| one(call, &item, &change));
            Some(call.made(Node::List(texts.collect::<Option<_>>()?)))
        }
        _ => one(call, value, &change),
    }
}

fn one(call: &Arguments<'_, '_>, value: &Tree, change: &impl Fn(&str) -> Option<String>) -> Option<Tree> {
    let text = value.scalar()?;
    let new = change(text.known()?)?;
    Some(Tree::text(Text::made(&new, value.source), call.place))
}
