//! Whom the managed policies of an account are attached to, from `get-account-authorization-details`.

use std::collections::BTreeMap;

use portcullis_iam::json::{Node, Value};

use super::trail::{string, strings};
use crate::document::Attachment;
use crate::guess::{items, member};

/// Who uses the managed policies, by the ARN of the policy.
#[derive(Default)]
pub(super) struct Attached<'v> {
    policies: BTreeMap<&'v str, Vec<Box<str>>>,
    boundaries: BTreeMap<&'v str, Vec<Box<str>>>,
}

/// How a managed policy is used.
pub(super) struct Uses {
    /// As a policy.
    pub(super) policy: Attachment,
    /// As a permissions boundary.
    pub(super) boundary: Attachment,
}

impl<'v> Attached<'v> {
    /// What all pages of the dump tell.
    pub(super) fn new(pages: &'v [Value<'_>]) -> Self {
        let mut attached = Self::default();
        for (list, name) in LISTS {
            let members = pages.iter().filter_map(|page| member(page, list)).flat_map(items);
            members.for_each(|holder| attached.add(holder, name));
        }
        attached
    }

    fn add(&mut self, holder: &'v Value<'_>, name: &str) {
        let Some(name) = member(holder, "Arn").or_else(|| member(holder, name)).and_then(string) else {
            return;
        };
        for arn in strings(member(holder, "AttachedManagedPolicies"), "PolicyArn") {
            self.policies.entry(arn).or_default().push(name.into());
        }
        for arn in strings(member(holder, "PermissionsBoundary"), "PermissionsBoundaryArn") {
            self.boundaries.entry(arn).or_default().push(name.into());
        }
    }

    /// How a policy of `Policies` is used: its own counts tell when nobody uses it.
    pub(super) fn uses(&self, policy: &Value<'_>) -> Uses {
        let arn = member(policy, "Arn").and_then(string).unwrap_or_default();
        let attachment = |users: &BTreeMap<&str, Vec<Box<str>>>, counter| match users.get(arn) {
            Some(users) => Attachment::Attached(users.clone()),
            None if count(policy, counter) == Some(0) => Attachment::Nobody,
            None => Attachment::Unknown,
        };
        Uses {
            policy: attachment(&self.policies, "AttachmentCount"),
            boundary: attachment(&self.boundaries, "PermissionsBoundaryUsageCount"),
        }
    }
}

fn count(policy: &Value<'_>, counter: &str) -> Option<u64> {
    match &member(policy, counter)?.node {
        Node::Number(number) => number.parse().ok(),
        Node::Null | Node::Bool(_) | Node::String(_) | Node::Array(_) | Node::Object(_) => None,
    }
}

const LISTS: [(&str, &str); 3] =
    [("UserDetailList", "UserName"), ("GroupDetailList", "GroupName"), ("RoleDetailList", "RoleName")];
