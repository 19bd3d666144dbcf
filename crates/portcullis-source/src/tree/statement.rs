//! Statements with unknown parts: what can be said of them stays, the rest becomes a gap.
//!
//! AWS knows variables in resources and in the values of some conditions, and only in the language of 2012. There a
//! placeholder stands for what is not known. Elsewhere the statement loses the entry, where the rest means the same
//! without it (`Action: [a, ?]` is two statements), or is lost itself.

use portcullis_iam::Effect;

use super::gaps::{Gaps, unknown_in, unknown_in_text};
use super::{Field, Node, Tree};
use crate::document::Element;

/// What remains of an element.
enum Left {
    /// The element.
    Element(Box<Field>),
    /// A statement without the element.
    Nothing,
    /// No statement.
    NoStatement,
}

/// What is the same for the statements of a document.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Variables {
    /// Variables stand for values.
    Known,
    /// They are plain text.
    Plain,
}

/// What can be said of the statement; none when that is nothing.
pub(super) fn statement(value: &Tree, variables: Variables, gaps: &mut Gaps<'_>) -> Option<Tree> {
    if let Node::Unknown(unknown) = &value.node {
        gaps.gap(format!("the statement `{}`", unknown.what), &unknown.what, None, value.source);
        return None;
    }
    let Node::Map(fields) = &value.node else { return Some(value.clone()) };
    let effect = value.get("Effect").and_then(Tree::known).and_then(effect_of);
    let held = gaps.held();
    let mut scope = Scope { variables, effect, gaps };
    let mut left = Vec::with_capacity(fields.len());
    for field in fields {
        match scope.element(field) {
            Left::Element(field) => left.push(*field),
            Left::Nothing => {}
            Left::NoStatement => {
                gaps.forget(held);
                return None;
            }
        }
    }
    Some(Tree { node: Node::Map(left), ..value.shell() })
}

fn effect_of(word: &str) -> Option<Effect> {
    match word {
        "Allow" => Some(Effect::Allow),
        "Deny" => Some(Effect::Deny),
        _ => None,
    }
}

struct Scope<'g, 'f> {
    variables: Variables,
    effect: Option<Effect>,
    gaps: &'g mut Gaps<'f>,
}

impl Scope<'_, '_> {
    fn element(&mut self, field: &Field) -> Left {
        let Some(key) = field.key.known() else {
            return self.lost(field, &field.key.shown());
        };
        let unknown = unknown_in(&field.value);
        match key {
            _ if unknown.is_none() => Left::Element(Box::new(field.clone())),
            "Sid" => Left::Nothing,
            "Action" => self.without_unknown(field),
            "Principal" => self.principal(field),
            "Resource" | "NotResource" if self.variables == Variables::Known => self.held(field),
            "Resource" => self.without_unknown(field),
            "Condition" => self.condition(field),
            _ => self.lost(field, key),
        }
    }

    /// The statement is not known.
    fn lost(&mut self, field: &Field, key: &str) -> Left {
        self.gap(field, key);
        Left::NoStatement
    }

    fn gap(&mut self, field: &Field, key: &str) {
        let unknown = unknown_in(&field.value).or_else(|| unknown_in_text(&field.key));
        let name = unknown.map_or("", |unknown| &unknown.what);
        self.gaps.gap(format!("`{name}` in `{key}`"), name, self.effect, field.source);
    }

    /// Placeholders stand for what is not known.
    fn held(&mut self, field: &Field) -> Left {
        field.value.items().iter().for_each(|item| self.gaps.hold(item, Element::Resource));
        Left::Element(Box::new(field.clone()))
    }

    /// The known ones of several values that are as good as statements of their own.
    fn without_unknown(&mut self, field: &Field) -> Left {
        self.gap(field, &field.key.shown());
        let known = field.value.items().iter().filter(|item| unknown_in(item).is_none());
        let known: Vec<_> = known.cloned().collect();
        if known.is_empty() {
            return Left::NoStatement;
        }
        let value = Tree::new(Node::List(known), field.value.source);
        Left::Element(Box::new(Field { value, ..field.clone() }))
    }

    /// Principals take no variables: the statement stays, for whom it names so far, and there is more.
    fn principal(&mut self, field: &Field) -> Left {
        let types_are_known = field.value.fields().iter().all(|typed| typed.key.known().is_some());
        if field.value.fields().is_empty() || !types_are_known {
            return self.lost(field, "Principal");
        }
        self.gap(field, "Principal");
        for item in field.value.fields().iter().flat_map(|typed| typed.value.items()) {
            self.gaps.hold(item, Element::Principal);
        }
        Left::Element(Box::new(field.clone()))
    }

    fn condition(&mut self, field: &Field) -> Left {
        let is_block = matches!(field.value.node, Node::Map(_));
        if !is_block || !field.value.fields().iter().all(|operator| self.is_held(operator)) {
            return self.lost(field, "Condition");
        }
        let tests = field.value.fields().iter().flat_map(|operator| operator.value.fields());
        for value in tests.flat_map(|test| test.value.items()) {
            self.gaps.hold(value, Element::Condition);
        }
        Left::Element(Box::new(field.clone()))
    }

    /// Whether placeholders can stand for everything that is unknown under the operator.
    fn is_held(&self, operator: &Field) -> bool {
        let Some(name) = operator.key.known() else { return false };
        let takes_variables = self.variables == Variables::Known && takes_variables(name);
        let is_test = |test: &Field| {
            test.key.known().is_some() && (takes_variables || unknown_in(&test.value).is_none())
        };
        !matches!(operator.value.node, Node::Unknown(_)) && operator.value.fields().iter().all(is_test)
    }
}

/// Whether AWS knows variables in the values of the operator: in those about texts and ARNs.
fn takes_variables(operator: &str) -> bool {
    let plain = operator.rsplit(':').next().unwrap_or(operator);
    let starts = |with: &str| plain.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    starts("String") || starts("Arn")
}
