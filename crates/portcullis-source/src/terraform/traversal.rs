//! References: `var.x`, `local.x`, `data.aws_iam_policy_document.x.json`, `aws_iam_policy.x.arn`, and what is taken of
//! them.

use hcl_edit::expr::{Expression, Traversal, TraversalOperator};

use super::eval::{Evaluator, Scope, lookup};
use super::{function, policy_document};
use crate::places::Source;
use crate::tree::{Node, Text, Tree};

/// The value of a reference.
pub(super) fn value(
    evaluator: &Evaluator<'_>,
    traversal: &Traversal,
    scope: Scope<'_>,
    place: Source,
) -> Tree {
    let operators: Vec<&TraversalOperator> =
        traversal.operators.iter().map(|operator| operator.value()).collect();
    let (root, rest) = match &traversal.expr {
        Expression::Variable(name) => match lookup(scope, name.as_str()) {
            Some(value) => (Some(evaluator.copied(value)), operators.as_slice()),
            None => named(evaluator, name.as_str(), &operators),
        },
        other => (Some(evaluator.eval(other, scope)), operators.as_slice()),
    };
    let value = root.and_then(|root| taken(evaluator, root, rest, scope));
    value.unwrap_or_else(|| evaluator.unknown(scope, place))
}

/// The value of a name of the module and the operators that are left; no value when it is not known.
fn named<'o, 't>(
    evaluator: &Evaluator<'_>,
    root: &str,
    operators: &'o [&'t TraversalOperator],
) -> (Option<Tree>, &'o [&'t TraversalOperator]) {
    let nothing: (Option<Tree>, &[&TraversalOperator]) = (None, &[]);
    let Some((first, rest)) = operators.split_first() else { return nothing };
    let Some(name) = attribute(first) else { return nothing };
    match root {
        "var" => (variable(evaluator, name), rest),
        "local" => (local(evaluator, name), rest),
        "path" => (Some(Tree::text(Text::made(".", Source::default()), Source::default())), rest),
        "data" => {
            let Some((second, rest)) = rest.split_first() else { return nothing };
            let address = format!("data.{name}.{}", attribute(second).unwrap_or_default());
            of_resource(evaluator, &address, rest)
        }
        "each" | "count" | "self" | "module" | "terraform" => nothing,
        kind => of_resource(evaluator, &format!("{kind}.{name}"), rest),
    }
}

/// The default of a variable. Nothing, or a list of nothing, waits to be given by who uses the module.
fn variable(evaluator: &Evaluator<'_>, name: &str) -> Option<Tree> {
    let value = evaluator.module.variables.get(name).copied().flatten()?;
    let tree = evaluator.once(&format!("var.{name}"), value.source, || evaluator.value(value));
    let is_given = match &tree.node {
        Node::Null => false,
        Node::List(items) => !items.is_empty(),
        Node::Map(fields) => !fields.is_empty(),
        Node::Bool(_) | Node::Number(_) | Node::Text(_) | Node::Json(_) | Node::Unknown(_) => true,
    };
    is_given.then_some(tree)
}

fn local(evaluator: &Evaluator<'_>, name: &str) -> Option<Tree> {
    let value = *evaluator.module.locals.get(name)?;
    Some(evaluator.once(&format!("local.{name}"), value.source, || evaluator.value(value)))
}

/// An attribute of a resource, as far as its block gives it.
fn of_resource<'o, 't>(
    evaluator: &Evaluator<'_>,
    address: &str,
    operators: &'o [&'t TraversalOperator],
) -> (Option<Tree>, &'o [&'t TraversalOperator]) {
    // Which one of several is taken does not change what the block says.
    let after_index = operators.iter().position(|operator| attribute(operator).is_some());
    let Some((first, rest)) = after_index.and_then(|at| operators.get(at..)?.split_first()) else {
        return (None, &[]);
    };
    let (Some(resource), Some(name)) = (evaluator.module.resources.get(address), attribute(first)) else {
        return (None, &[]);
    };
    let is_document = resource.is_data && resource.kind == "aws_iam_policy_document";
    if is_document && matches!(name, "json" | "minified_json") {
        return (Some(policy_document::json(evaluator, address)), rest);
    }
    if resource.is_data && resource.kind == "template_file" && name == "rendered" {
        return (function::rendered(evaluator, resource.block), rest);
    }
    let value = resource
        .block
        .get(name)
        .map(|value| evaluator.once(&format!("{address}.{name}"), value.source, || evaluator.value(value)));
    (value, rest)
}

/// What the operators take of a value; none when that is not known.
fn taken(
    evaluator: &Evaluator<'_>,
    value: Tree,
    operators: &[&TraversalOperator],
    scope: Scope<'_>,
) -> Option<Tree> {
    let Some((first, rest)) = operators.split_first() else { return Some(value) };
    let inner = match first {
        TraversalOperator::GetAttr(name) => value.get(name.as_str()).cloned(),
        TraversalOperator::LegacyIndex(index) => item(&value, **index),
        TraversalOperator::Index(index) => {
            let index = evaluator.eval(index, scope).scalar()?;
            match &value.node {
                Node::List(_) => item(&value, index.known()?.parse().ok()?),
                _ => value.get(index.known()?).cloned(),
            }
        }
        TraversalOperator::AttrSplat(_) | TraversalOperator::FullSplat(_) => {
            let Node::List(items) = &value.node else { return None };
            let items = items.iter().map(|item| taken(evaluator, item.clone(), rest, scope));
            return Some(Tree::new(Node::List(items.collect::<Option<_>>()?), value.source));
        }
    };
    taken(evaluator, inner?, rest, scope)
}

fn item(value: &Tree, index: u64) -> Option<Tree> {
    let Node::List(items) = &value.node else { return None };
    // What is not known may be any number of items.
    let index = usize::try_from(index).ok()?;
    let is_certain = items.iter().take(index + 1).all(|item| !matches!(item.node, Node::Unknown(_)));
    items.get(index).filter(|_| is_certain).cloned()
}

fn attribute(operator: &TraversalOperator) -> Option<&str> {
    match operator {
        TraversalOperator::GetAttr(name) => Some(name.as_str()),
        TraversalOperator::AttrSplat(_)
        | TraversalOperator::FullSplat(_)
        | TraversalOperator::Index(_)
        | TraversalOperator::LegacyIndex(_) => None,
    }
}
