//! Where the resources of a module are referred to.

use std::collections::BTreeMap;

use hcl_edit::expr::{Expression, Traversal, TraversalOperator};
use hcl_edit::structure::{Attribute, Body};
use hcl_edit::visit::{self, Visit};

use super::module::{InFile, Module};

/// The references to every resource, by its address.
pub(super) struct References<'m>(BTreeMap<String, Vec<Reference<'m>>>);

/// A reference to a resource.
#[derive(Clone, Copy)]
pub(super) struct Reference<'m> {
    /// The type of the resource whose block holds it; none in other blocks.
    pub(super) kind: Option<&'m str>,
    pub(super) block: InFile<'m>,
    /// The attribute of the block in which it stands; empty inside of blocks of the block.
    pub(super) attribute: &'m str,
}

impl<'m> References<'m> {
    pub(super) fn new(module: &Module<'m>) -> Self {
        let mut references = Self(BTreeMap::new());
        for address in &module.order {
            let Some(resource) = module.resources.get(address) else { continue };
            let kind = (!resource.is_data).then_some(resource.kind);
            references.block(kind, resource.block);
        }
        for (_, block) in &module.calls {
            references.block(None, *block);
        }
        for block in &module.others {
            references.block(None, *block);
        }
        references
    }

    /// The references to the resource at an address.
    pub(super) fn of(&self, address: &str) -> &[Reference<'m>] {
        self.0.get(address).map(Vec::as_slice).unwrap_or_default()
    }

    fn block(&mut self, kind: Option<&'m str>, block: InFile<'m>) {
        for attribute in block.block.body.attributes() {
            self.attribute(Reference { kind, block, attribute: attribute.key.as_str() }, attribute);
        }
        for inner in block.block.body.blocks() {
            self.body(Reference { kind, block, attribute: "" }, &inner.body);
        }
    }

    fn attribute(&mut self, reference: Reference<'m>, attribute: &'m Attribute) {
        Visitor { references: self, reference }.visit_expr(&attribute.value);
    }

    fn body(&mut self, reference: Reference<'m>, body: &'m Body) {
        Visitor { references: self, reference }.visit_body(body);
    }
}

struct Visitor<'v, 'm> {
    references: &'v mut References<'m>,
    reference: Reference<'m>,
}

impl Visit for Visitor<'_, '_> {
    fn visit_traversal(&mut self, traversal: &Traversal) {
        if let Some(address) = address(traversal) {
            self.references.0.entry(address).or_default().push(self.reference);
        }
        visit::visit_traversal(self, traversal);
    }
}

/// The address of the resource or data source that a reference names.
fn address(traversal: &Traversal) -> Option<String> {
    let Expression::Variable(root) = &traversal.expr else { return None };
    let mut names = traversal.operators.iter().map_while(|operator| match operator.value() {
        TraversalOperator::GetAttr(name) => Some(name.as_str()),
        TraversalOperator::AttrSplat(_)
        | TraversalOperator::FullSplat(_)
        | TraversalOperator::Index(_)
        | TraversalOperator::LegacyIndex(_) => None,
    });
    match root.as_str() {
        "data" => Some(format!("data.{}.{}", names.next()?, names.next()?)),
        kind => Some(format!("{kind}.{}", names.next()?)),
    }
}
