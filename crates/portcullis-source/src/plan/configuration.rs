//! The configuration in a plan: which resource refers to which.

use std::collections::BTreeMap;

use super::resource::Resource;
use crate::terraform::attachment;
use crate::tree::{Node, Tree};

/// The references between blocks, by the address of the block that is referred to.
#[derive(Default)]
pub(super) struct Configuration<'t> {
    references: BTreeMap<String, Vec<Reference<'t>>>,
    /// The references of every attribute of a block, by the address of the block.
    attributes: BTreeMap<String, Vec<(&'t str, Vec<String>)>>,
}

/// A reference.
#[derive(Clone)]
pub(super) struct Reference<'t> {
    /// The type of the resource that refers; none for what is no resource.
    pub(super) kind: Option<&'t str>,
    pub(super) attribute: &'t str,
    /// The address of the block that refers.
    pub(super) by: String,
}

impl<'t> Configuration<'t> {
    pub(super) fn new(root: &'t Tree) -> Self {
        let mut configuration = Self::default();
        if let Some(module) = root.get("configuration").and_then(|inner| inner.get("root_module")) {
            configuration.module(module, "");
        }
        configuration
    }

    pub(super) fn is_empty(&self) -> bool {
        self.attributes.is_empty()
    }

    /// The references to a block.
    pub(super) fn to(&self, block: &str) -> &[Reference<'t>] {
        self.references.get(block).map(Vec::as_slice).unwrap_or_default()
    }

    /// What an attribute of a resource refers to: the addresses, in the words of the configuration.
    pub(super) fn of(&self, resource: &Resource<'_>, attribute: &str) -> Vec<&str> {
        let attributes = self.attributes.get(&super::resource::block(resource.address));
        let found = attributes.into_iter().flatten().filter(|(name, _)| *name == attribute);
        found.flat_map(|(_, references)| references.iter().map(String::as_str)).collect()
    }

    /// As deep as the file.
    fn module(&mut self, module: &'t Tree, prefix: &str) {
        for resource in module.get("resources").map(Tree::items).unwrap_or_default() {
            let text = |key| resource.get(key).and_then(Tree::known);
            let (Some(address), Some(kind)) = (text("address"), text("type")) else { continue };
            let kind = (text("mode") != Some("data")).then_some(kind);
            let by = format!("{prefix}{address}");
            for field in resource.get("expressions").map(Tree::fields).unwrap_or_default() {
                let attribute = field.key.known().unwrap_or_default();
                self.expression(&field.value, &Reference { kind, attribute, by: by.clone() }, prefix);
            }
        }
        for output in module.get("outputs").map(Tree::fields).unwrap_or_default() {
            self.expression(
                &output.value,
                &Reference { kind: None, attribute: "", by: String::new() },
                prefix,
            );
        }
        for call in module.get("module_calls").map(Tree::fields).unwrap_or_default() {
            let name = call.key.known().unwrap_or_default();
            if let Some(expressions) = call.value.get("expressions") {
                self.expression(
                    expressions,
                    &Reference { kind: None, attribute: "", by: String::new() },
                    prefix,
                );
            }
            if let Some(inner) = call.value.get("module") {
                self.module(inner, &format!("{prefix}module.{name}."));
            }
        }
    }

    fn expression(&mut self, expression: &'t Tree, by: &Reference<'t>, prefix: &str) {
        let mut names = Vec::new();
        references(expression, &mut names);
        let mut blocks: Vec<String> = names.iter().filter_map(|name| target(name)).collect();
        blocks.sort();
        blocks.dedup();
        for block in &blocks {
            self.references.entry(format!("{prefix}{block}")).or_default().push(by.clone());
        }
        if by.kind.is_some() {
            let own = names.into_iter().map(|name| attachment::address(name).to_owned());
            self.attributes.entry(by.by.clone()).or_default().push((by.attribute, own.collect()));
        }
    }
}

/// All `references` below an expression, the whole before its parts.
fn references<'t>(expression: &'t Tree, names: &mut Vec<&'t str>) {
    match &expression.node {
        Node::List(items) => items.iter().for_each(|item| references(item, names)),
        Node::Map(fields) => {
            for field in fields {
                match field.key.known() {
                    Some("references") => names.extend(field.value.items().iter().filter_map(Tree::known)),
                    Some(_) | None => references(&field.value, names),
                }
            }
        }
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::Text(_) | Node::Json(_) | Node::Unknown(_) => {}
    }
}

/// The block that a reference names: `aws_iam_policy.a` of `aws_iam_policy.a[0].arn`.
fn target(reference: &str) -> Option<String> {
    let plain = super::resource::block(reference);
    let mut parts = plain.split('.');
    let (kind, name) = (parts.next()?, parts.next()?);
    Some(format!("{kind}.{name}"))
}
