//! `statement` blocks.

use super::super::collection;
use super::super::eval::Evaluator;
use super::block::{self, Expanded, Inside};
use super::{default, field};
use crate::places::Source;
use crate::tree::{Field, Node, Text, Tree};

/// The statement of a block.
pub(super) fn statement(evaluator: &Evaluator<'_>, block: &Expanded<'_>) -> Tree {
    let block = match block {
        Expanded::Block(block) => block,
        Expanded::Unknown(unknown, source) => return Tree::unknown(unknown.clone(), *source),
    };
    let mut fields = Vec::new();
    if let Some(sid) = block.block.get("sid") {
        let value = block.eval(evaluator, sid);
        if value.node != Node::Null && value.known() != Some("") {
            fields.push(field("Sid", sid, value));
        }
    }
    fields.push(match block.block.get("effect") {
        Some(effect) => field("Effect", effect, block.eval(evaluator, effect)),
        None => default("Effect", "Allow", block.head()),
    });
    fields.extend(principals(evaluator, block, "principals", "Principal"));
    fields.extend(principals(evaluator, block, "not_principals", "NotPrincipal"));
    for (name, element) in [("actions", "Action"), ("not_actions", "NotAction")] {
        fields.extend(texts(evaluator, block, name, element));
    }
    for (name, element) in [("resources", "Resource"), ("not_resources", "NotResource")] {
        fields.extend(texts(evaluator, block, name, element).map(with_variables));
    }
    fields.extend(conditions(evaluator, block));
    let mut tree = Tree::new(Node::Map(fields), block.source);
    tree.head = Some(block.head());
    tree
}

/// What a `dynamic` block calls its iterator.
pub(super) fn iteration(key: Tree, value: Tree) -> Tree {
    let source = value.source;
    let field = |name: &str, value: Tree| Field {
        key: Text::made(name, source),
        key_source: source,
        source: value.source,
        value,
    };
    Tree::new(Node::Map(vec![field("key", key), field("value", value)]), source)
}

/// An element that lists texts; none when the list is empty.
fn texts(evaluator: &Evaluator<'_>, block: &Inside<'_>, name: &str, element: &str) -> Option<Field> {
    let attribute = block.block.get(name)?;
    let value = block.eval(evaluator, attribute);
    let is_empty = match &value.node {
        Node::Null => true,
        Node::List(items) => items.is_empty(),
        _ => false,
    };
    (!is_empty).then(|| field(element, attribute, value))
}

/// The principals of all blocks of the name, by their type.
fn principals(evaluator: &Evaluator<'_>, block: &Inside<'_>, name: &str, element: &str) -> Option<Field> {
    let mut types: Vec<Field> = Vec::new();
    let mut whole: Option<Source> = None;
    for inner in block::inside(evaluator, block, name) {
        let inner = match inner {
            Expanded::Block(inner) => inner,
            Expanded::Unknown(unknown, source) => {
                return Some(of_block(element, Tree::unknown(unknown, source)));
            }
        };
        let (Some(kind), Some(identifiers)) = (inner.block.get("type"), inner.block.get("identifiers"))
        else {
            continue;
        };
        let (key, value) = (inner.eval(evaluator, kind), inner.eval(evaluator, identifiers));
        whole = Some(whole.and_then(|whole| whole.to(inner.source)).unwrap_or(inner.source));
        let key_text = evaluator.text(&key);
        let value = with_variables(field(element, identifiers, value)).value;
        let own = Field { key: key_text, key_source: key.source, source: inner.source, value };
        append(&mut types, own);
    }
    let whole = whole?;
    if let [only] = types.as_slice()
        && only.key.known() == Some("*")
        && let [Tree { node: Node::Text(text), .. }] = only.value.items()
        && text.known() == Some("*")
    {
        return Some(of_block(element, Tree::text(text.clone(), only.value.source)));
    }
    Some(of_block(element, Tree::new(Node::Map(types), whole)))
}

/// All conditions, by operator and key.
fn conditions(evaluator: &Evaluator<'_>, block: &Inside<'_>) -> Option<Field> {
    let mut operators: Vec<Field> = Vec::new();
    let mut whole: Option<Source> = None;
    for inner in block::inside(evaluator, block, "condition") {
        let inner = match inner {
            Expanded::Block(inner) => inner,
            Expanded::Unknown(unknown, source) => {
                return Some(of_block("Condition", Tree::unknown(unknown, source)));
            }
        };
        let get = |name| inner.block.get(name);
        let (Some(test), Some(variable), Some(values)) = (get("test"), get("variable"), get("values")) else {
            continue;
        };
        let (test, variable) = (inner.eval(evaluator, test), inner.eval(evaluator, variable));
        let values = with_variables(field("Condition", values, inner.eval(evaluator, values))).value;
        whole = Some(whole.and_then(|whole| whole.to(inner.source)).unwrap_or(inner.source));
        let test_of = Field {
            key: evaluator.text(&variable),
            key_source: variable.source,
            source: inner.source,
            value: values,
        };
        let key = evaluator.text(&test);
        match operators.iter_mut().find(|known| key.known().is_some() && known.key.known() == key.known()) {
            Some(Field { value: Tree { node: Node::Map(tests), .. }, .. }) => append(tests, test_of),
            Some(_) | None => {
                let value = Tree::new(Node::Map(vec![test_of]), inner.source);
                operators.push(Field { key, key_source: test.source, source: inner.source, value });
            }
        }
    }
    Some(of_block("Condition", Tree::new(Node::Map(operators), whole?)))
}

/// Adds an entry; the values of a key that is there already come to its own.
fn append(fields: &mut Vec<Field>, field: Field) {
    let same = |known: &&mut Field| field.key.known().is_some() && known.key.known() == field.key.known();
    let Some(known) = fields.iter_mut().find(same) else { return fields.push(field) };
    let items = [&known.value, &field.value]
        .into_iter()
        .flat_map(|value| collection::list(value).unwrap_or_else(|| vec![value.clone()]));
    known.value = Tree::new(Node::List(items.collect()), known.value.source);
}

/// An element that blocks make.
fn of_block(key: &str, value: Tree) -> Field {
    let source = value.source;
    let key_source = source.first();
    Field { key: Text::made(key, key_source), key_source, source, value }
}

/// The element with `&{` for `${`, as the provider reads it.
fn with_variables(mut field: Field) -> Field {
    match &mut field.value.node {
        Node::List(items) => items.iter_mut().for_each(replace),
        _ => replace(&mut field.value),
    }
    field
}

fn replace(value: &mut Tree) {
    if let Node::Text(text) = &mut value.node
        && text.known_part().contains("&{")
    {
        *text = text.replaced("&{", "${");
    }
}
