//! The parts of a template.

use crate::tree::{Field, Tree};

/// A template.
pub(crate) struct Template<'t> {
    parameters: &'t [Field],
    mappings: &'t [Field],
    conditions: &'t [Field],
    outputs: &'t [Field],
    resources: &'t [Field],
}

/// A resource of a template.
#[derive(Clone, Copy)]
pub(super) struct Resource<'t> {
    /// Its logical id.
    pub(super) id: &'t str,
    /// Its type: `AWS::IAM::Policy`.
    pub(super) kind: &'t str,
    /// Its properties.
    pub(super) properties: &'t Tree,
}

impl<'t> Template<'t> {
    /// The template that a file is; none when it is none. The configuration of the Serverless framework holds one.
    pub(crate) fn new(root: &'t Tree) -> Option<Self> {
        let root = root.get("resources").filter(|inner| inner.get("Resources").is_some()).unwrap_or(root);
        let section = |name| root.get(name).map(Tree::fields).unwrap_or_default();
        let template = Self {
            parameters: section("Parameters"),
            mappings: section("Mappings"),
            conditions: section("Conditions"),
            outputs: section("Outputs"),
            resources: section("Resources"),
        };
        let is_type = |field: &Field| {
            field.value.get("Type").and_then(Tree::known).is_some_and(|kind| kind.contains("::"))
        };
        template.resources.iter().any(is_type).then_some(template)
    }

    /// No template: nothing is known of what is referred to.
    pub(crate) fn empty() -> Self {
        Self { parameters: &[], mappings: &[], conditions: &[], outputs: &[], resources: &[] }
    }

    pub(super) fn parameter(&self, name: &str) -> Option<&'t Tree> {
        find(self.parameters, name)
    }

    pub(super) fn mapping(&self, name: &str) -> Option<&'t Tree> {
        find(self.mappings, name)
    }

    pub(super) fn condition(&self, name: &str) -> Option<&'t Tree> {
        find(self.conditions, name)
    }

    pub(super) fn outputs(&self) -> &'t [Field] {
        self.outputs
    }

    /// The resources in the order of the file.
    pub(super) fn resources(&self) -> impl Iterator<Item = Resource<'t>> {
        self.resources.iter().filter_map(|field| {
            let kind = field.value.get("Type").and_then(Tree::known)?;
            let properties = field.value.get("Properties").unwrap_or(&field.value);
            Some(Resource { id: field.key.known()?, kind, properties })
        })
    }

    pub(super) fn has_resource(&self, id: &str) -> bool {
        find(self.resources, id).is_some()
    }
}

fn find<'t>(fields: &'t [Field], name: &str) -> Option<&'t Tree> {
    fields.iter().find(|field| field.key.known() == Some(name)).map(|field| &field.value)
}
