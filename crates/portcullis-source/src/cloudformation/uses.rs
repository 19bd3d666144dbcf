//! Where a template uses its own resources.

use std::collections::BTreeMap;

use super::template::{Resource, Template};
use crate::tree::{Node, Text, Tree};

/// The uses of every resource, by its logical id.
#[derive(Default)]
pub(super) struct Uses<'t>(BTreeMap<String, Vec<Use<'t>>>);

/// A use of a resource.
#[derive(Clone, Copy)]
pub(super) struct Use<'t> {
    /// The logical id of the resource that uses it; none for an output.
    pub(super) by: Option<&'t str>,
    /// The property in which it is used.
    pub(super) property: &'t str,
}

impl<'t> Uses<'t> {
    pub(super) fn new(template: &Template<'t>) -> Self {
        let mut uses = Self::default();
        for Resource { id, properties, .. } in template.resources() {
            for property in properties.fields() {
                let user = Use { by: Some(id), property: property.key.known().unwrap_or_default() };
                uses.visit(&property.value, user);
            }
        }
        for output in template.outputs() {
            uses.visit(&output.value, Use { by: None, property: "Outputs" });
        }
        uses
    }

    pub(super) fn of(&self, id: &str) -> &[Use<'t>] {
        self.0.get(id).map(Vec::as_slice).unwrap_or_default()
    }

    /// As deep as the template.
    fn visit(&mut self, tree: &'t Tree, user: Use<'t>) {
        match &tree.node {
            Node::List(items) => items.iter().for_each(|item| self.visit(item, user)),
            Node::Map(fields) => {
                for field in fields {
                    self.call(field.key.known().unwrap_or_default(), &field.value, user);
                    self.visit(&field.value, user);
                }
            }
            Node::Null
            | Node::Bool(_)
            | Node::Number(_)
            | Node::Text(_)
            | Node::Json(_)
            | Node::Unknown(_) => {}
        }
    }

    fn call(&mut self, name: &str, argument: &'t Tree, user: Use<'t>) {
        let first = argument.items().first().and_then(Tree::known).unwrap_or_default();
        match name {
            "Ref" => self.add(first, user),
            "Fn::GetAtt" => self.add(first.split('.').next().unwrap_or_default(), user),
            "Fn::Sub" => {
                let names = first.split("${").skip(1).filter_map(|rest| rest.split(['}', '.']).next());
                names.for_each(|name| self.add(name.trim(), user));
            }
            _ => {}
        }
    }

    fn add(&mut self, id: &str, user: Use<'t>) {
        self.0.entry(id.to_owned()).or_default().push(user);
    }
}

/// What a value of a list of principals is called: its text, or the logical id that it refers to.
pub(super) fn named(template: &Template<'_>, text: &Text) -> Option<Box<str>> {
    match (text.known(), text.holes()) {
        (Some(name), _) => Some(name.into()),
        (None, [hole]) => {
            let id = hole.unknown.what.split('.').next().unwrap_or_default();
            template.has_resource(id).then(|| id.into())
        }
        (None, _) => None,
    }
}
