//! Operators and conditionals.

use hcl_edit::expr::{BinaryOp, BinaryOperator, Conditional, UnaryOp, UnaryOperator};

use super::eval::{Evaluator, Scope};
use crate::places::Source;
use crate::tree::{Node, Text, Tree};

/// `condition ? value : other`.
pub(super) fn choose(
    evaluator: &Evaluator<'_>,
    choice: &Conditional,
    scope: Scope<'_>,
    place: Source,
) -> Tree {
    match evaluator.eval(&choice.cond_expr, scope).node {
        Node::Bool(true) => evaluator.eval(&choice.true_expr, scope),
        Node::Bool(false) => evaluator.eval(&choice.false_expr, scope),
        _ => evaluator.made(place),
    }
}

/// `!value`, `-value`.
pub(super) fn unary(evaluator: &Evaluator<'_>, operation: &UnaryOp, scope: Scope<'_>, place: Source) -> Tree {
    let value = evaluator.eval(&operation.expr, scope);
    let node = match (operation.operator.value(), &value.node) {
        (UnaryOperator::Not, Node::Bool(value)) => Some(Node::Bool(!value)),
        (UnaryOperator::Neg, Node::Number(number)) => Some(Node::Number(format!("-{number}").into())),
        _ => None,
    };
    node.map_or_else(|| evaluator.made(place), |node| Tree::new(node, place))
}

/// Comparisons and logic; arithmetic only of whole numbers.
pub(super) fn binary(
    evaluator: &Evaluator<'_>,
    operation: &BinaryOp,
    scope: Scope<'_>,
    place: Source,
) -> Tree {
    let left = evaluator.eval(&operation.lhs_expr, scope);
    let right = evaluator.eval(&operation.rhs_expr, scope);
    let node = match operation.operator.value() {
        BinaryOperator::Eq => is_equal(&left, &right).map(Node::Bool),
        BinaryOperator::NotEq => is_equal(&left, &right).map(|equal| Node::Bool(!equal)),
        BinaryOperator::And => logic(&left, &right, false),
        BinaryOperator::Or => logic(&left, &right, true),
        operator => whole_numbers(&left, &right).and_then(|(left, right)| number(*operator, left, right)),
    };
    node.map_or_else(|| evaluator.made(place), |node| Tree::new(node, place))
}

fn is_equal(left: &Tree, right: &Tree) -> Option<bool> {
    match (&left.node, &right.node) {
        (Node::Null, Node::Unknown(_)) | (Node::Unknown(_), Node::Null) => None,
        (Node::Null, _) | (_, Node::Null) => Some(left.node == right.node),
        (Node::List(left), Node::List(right)) if left.is_empty() || right.is_empty() => {
            Some(left.len() == right.len())
        }
        _ => {
            let (left, right) = (left.scalar()?, right.scalar()?);
            Some(Text::known(&left)? == right.known()?)
        }
    }
}

/// `decisive` when one side is; the other when both are; else not known.
fn logic(left: &Tree, right: &Tree, decisive: bool) -> Option<Node> {
    let truth = |side: &Tree| if let Node::Bool(value) = side.node { Some(value) } else { None };
    let (left, right) = (truth(left), truth(right));
    if left == Some(decisive) || right == Some(decisive) {
        return Some(Node::Bool(decisive));
    }
    left.and(right).map(|_| Node::Bool(!decisive))
}

fn whole_numbers(left: &Tree, right: &Tree) -> Option<(i64, i64)> {
    let whole = |side: &Tree| if let Node::Number(number) = &side.node { number.parse().ok() } else { None };
    Some((whole(left)?, whole(right)?))
}

fn number(operator: BinaryOperator, left: i64, right: i64) -> Option<Node> {
    let number = |value: Option<i64>| value.map(|value| Node::Number(value.to_string().into()));
    match operator {
        BinaryOperator::LessEq => Some(Node::Bool(left <= right)),
        BinaryOperator::GreaterEq => Some(Node::Bool(right <= left)),
        BinaryOperator::Less => Some(Node::Bool(left < right)),
        BinaryOperator::Greater => Some(Node::Bool(right < left)),
        BinaryOperator::Plus => number(left.checked_add(right)),
        BinaryOperator::Minus => number(left.checked_sub(right)),
        BinaryOperator::Mul => number(left.checked_mul(right)),
        BinaryOperator::Div
        | BinaryOperator::Mod
        | BinaryOperator::Eq
        | BinaryOperator::NotEq
        | BinaryOperator::And
        | BinaryOperator::Or => None,
    }
}
