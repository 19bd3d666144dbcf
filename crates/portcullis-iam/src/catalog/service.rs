//! Services, and what each of them defines.

use std::sync::OnceLock;

use super::key::{self, KeyInfo};
use super::read;

/// A service of AWS.
#[derive(Debug)]
pub struct Service {
    /// The prefix of its actions, such as `iam`.
    pub prefix: &'static str,
    /// The name for people, such as `AWS Identity and Access Management`.
    pub name: &'static str,
    /// Whether resource control policies bind its resources.
    pub resource_control: bool,
    /// The lines that define the rest, read on first use.
    pub(super) lines: &'static str,
    pub(super) content: OnceLock<Content>,
}

/// What a service defines. Every list is sorted by lower-case name.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) actions: Vec<ActionInfo>,
    pub(super) resource_types: Vec<ResourceType>,
    pub(super) keys: Vec<KeyInfo>,
}

/// An action and what may be said about it in a policy.
#[derive(Debug)]
pub struct ActionInfo {
    /// The prefix of its service.
    pub service: &'static str,
    /// The name after the colon, in the spelling of AWS.
    pub name: &'static str,
    /// What it does to a resource.
    pub access: Access,
    /// The resource types that it can be limited to. None: `Resource` must cover `*`.
    pub resources: Box<[ResourceUse]>,
    /// The condition keys of the service, and the tagging keys, that a request for it may carry whatever its
    /// resource. Global keys are not listed.
    pub keys: Box<[&'static str]>,
}

/// A resource type as an action uses it.
#[derive(Debug)]
pub struct ResourceUse {
    /// The name of the resource type in its service.
    pub resource_type: &'static str,
    /// Whether the action always has a resource of this type.
    pub required: bool,
    /// The condition keys that come with it for this action.
    pub keys: Box<[&'static str]>,
}

/// A type of resource.
#[derive(Debug)]
pub struct ResourceType {
    /// Its name in the service authorization reference, such as `user`.
    pub name: &'static str,
    /// The shape of its ARN: `arn:${Partition}:iam::${Account}:user/${UserNameWithPath}`.
    pub arn: &'static str,
    /// The condition keys that can be used with it.
    pub keys: Box<[&'static str]>,
}

/// What an action does to a resource, as the service authorization reference classes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each variant is the AWS access level of the same name")]
pub enum Access {
    List,
    Read,
    Write,
    PermissionsManagement,
    Tagging,
}

impl Access {
    /// Every level with its letter in the data and its name for people.
    pub const ALL: [(char, &'static str, Access); 5] = [
        ('L', "List", Access::List),
        ('R', "Read", Access::Read),
        ('W', "Write", Access::Write),
        ('P', "Permissions management", Access::PermissionsManagement),
        ('T', "Tagging", Access::Tagging),
    ];

    /// The name in the service authorization reference.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, _, access)| *access == self).map_or("", |(_, name, _)| name)
    }
}

impl Service {
    /// Its actions, by name.
    pub fn actions(&self) -> &[ActionInfo] {
        &self.content().actions
    }

    /// The action of a name, such as `GetObject`.
    pub fn action(&self, name: &str) -> Option<&ActionInfo> {
        find(self.actions(), name, |action| action.name)
    }

    /// Its resource types, by name.
    pub fn resource_types(&self) -> &[ResourceType] {
        &self.content().resource_types
    }

    /// The resource type of a name, such as `bucket`.
    pub fn resource_type(&self, name: &str) -> Option<&ResourceType> {
        find(self.resource_types(), name, |resource| resource.name)
    }

    /// The condition keys that it defines or documents, by name.
    pub fn keys(&self) -> &[KeyInfo] {
        &self.content().keys
    }

    /// Its condition key of a name, such as `s3:ExistingObjectTag/team`.
    pub fn key(&self, key: &str) -> Option<KeyInfo> {
        key::find(self.keys(), key)
    }

    fn content(&self) -> &Content {
        // INVARIANT: the embedded data is whole, which a test checks; were it not, the service defines nothing.
        self.content.get_or_init(|| read::content(self.prefix, self.lines).unwrap_or_default())
    }
}

impl ActionInfo {
    /// The action as a policy names it, such as `s3:GetObject`.
    pub fn full_name(&self) -> String {
        format!("{}:{}", self.service, self.name)
    }
}

/// The item of a name in a list that is sorted by lower-case name.
pub(super) fn find<'t, T>(items: &'t [T], name: &str, name_of: impl Fn(&T) -> &'static str) -> Option<&'t T> {
    let lower = |text: &'static str| text.bytes().map(|byte| byte.to_ascii_lowercase());
    let wanted = || name.bytes().map(|byte| byte.to_ascii_lowercase());
    let at = items.binary_search_by(|item| lower(name_of(item)).cmp(wanted())).ok()?;
    items.get(at)
}
