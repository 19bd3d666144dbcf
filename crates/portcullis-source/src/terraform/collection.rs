//! `for` expressions, and the entries of lists and maps.

use hcl_edit::expr::ForExpr;

use super::eval::{Evaluator, Frame, Scope};
use crate::places::Source;
use crate::tree::{Field, Node, Text, Tree};

/// A `for` expression; not known when its collection or its condition is not.
pub(super) fn each(evaluator: &Evaluator<'_>, each: &ForExpr, scope: Scope<'_>, place: Source) -> Tree {
    made(evaluator, each, scope, place).unwrap_or_else(|| evaluator.made(place))
}

fn made(evaluator: &Evaluator<'_>, each: &ForExpr, scope: Scope<'_>, place: Source) -> Option<Tree> {
    let intro = &each.intro;
    let collection = entries(&evaluator.eval(&intro.collection_expr, scope))?;
    let (mut items, mut fields) = (Vec::new(), Vec::new());
    for (key, value) in collection {
        let name = intro.key_var.as_ref().map_or("", |name| name.as_str());
        let key = Frame { name, value: key, parent: scope.frame };
        let value = Frame { name: intro.value_var.as_str(), value, parent: Some(&key) };
        let inner = Scope { frame: Some(&value), ..scope };
        if let Some(condition) = &each.cond {
            match evaluator.eval(&condition.expr, inner).node {
                Node::Bool(true) => {}
                Node::Bool(false) => continue,
                _ => return None,
            }
        }
        let made = evaluator.eval(&each.value_expr, inner);
        match &each.key_expr {
            None => items.push(made),
            Some(_) if each.grouping => return None,
            Some(key) => {
                let key_source = place.first();
                let key = evaluator.text(&evaluator.eval(key, inner));
                fields.push(Field { key, key_source, source: made.source, value: made });
            }
        }
    }
    let is_map = each.key_expr.is_some();
    Some(Tree::new(if is_map { Node::Map(fields) } else { Node::List(items) }, place))
}

/// The keys and values of a collection, the keys of a list its positions; none when it is not known.
pub(super) fn entries(collection: &Tree) -> Option<Vec<(Tree, Tree)>> {
    match &collection.node {
        Node::List(items) => {
            let position =
                |number: usize, item: &Tree| Tree::new(Node::Number(number.to_string().into()), item.source);
            Some(
                items
                    .iter()
                    .enumerate()
                    .map(|(number, item)| (position(number, item), item.clone()))
                    .collect(),
            )
        }
        Node::Map(fields) => {
            let key = |field: &Field| Tree::text(field.key.clone(), field.key_source);
            Some(fields.iter().map(|field| (key(field), field.value.clone())).collect())
        }
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::Text(_) | Node::Json(_) | Node::Unknown(_) => {
            None
        }
    }
}

/// The items of a list, in which what is not known stands for any number of them; none for what is no list.
pub(super) fn list(value: &Tree) -> Option<Vec<Tree>> {
    match &value.node {
        Node::List(items) => Some(items.clone()),
        Node::Unknown(_) => Some(vec![value.clone()]),
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::Text(_) | Node::Json(_) | Node::Map(_) => None,
    }
}

/// The values without repetitions, as far as they are known.
pub(super) fn distinct(items: Vec<Tree>) -> Vec<Tree> {
    let mut seen = std::collections::BTreeSet::new();
    let is_new = |item: &Tree| {
        let text = item.scalar().as_ref().and_then(Text::known).map(str::to_owned);
        text.is_none_or(|text| seen.insert(text))
    };
    let mut is_new = is_new;
    items.into_iter().filter(|item| is_new(item)).collect()
}
