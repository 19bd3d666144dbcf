//! Whom the policies of a module are attached to.

use portcullis_iam::PolicyKind;

use super::eval::Evaluator;
use super::module::InFile;
use super::references::References;
use crate::document::Attachment;

/// How a policy of a module is used.
pub(crate) struct Uses {
    /// As a policy.
    policy: Attachment,
    /// As a permissions boundary, when it is one.
    boundary: Option<Attachment>,
}

/// The uses of the policy at an address, which other resources attach.
pub(super) fn uses(evaluator: &Evaluator<'_>, references: &References<'_>, address: &str) -> Uses {
    let (mut attached, mut bounded) = (Vec::new(), Vec::new());
    let mut is_open = false;
    for reference in references.of(address) {
        match reference.kind.and_then(|kind| use_in(kind, reference.attribute)) {
            Some(Use::Policy(names)) => {
                let found = names.iter().flat_map(|name| named(evaluator, reference.block, name));
                let before = attached.len();
                attached.extend(found);
                is_open |= attached.len() == before;
            }
            Some(Use::Owner) => attached.push(owner(reference.block)),
            Some(Use::Boundary) => bounded.push(owner(reference.block)),
            None => is_open = true,
        }
    }
    Uses::new(attached, bounded, is_open)
}

impl Uses {
    /// The uses by those that are attached and bounded, and with `is_open` perhaps by others.
    pub(crate) fn new(attached: Vec<Box<str>>, bounded: Vec<Box<str>>, is_open: bool) -> Self {
        let boundary = (!bounded.is_empty()).then_some(Attachment::Attached(bounded));
        let policy = match attached.is_empty() {
            true if is_open => Attachment::Unknown,
            true => Attachment::Nobody,
            false => Attachment::Attached(attached),
        };
        Self { policy, boundary }
    }

    /// The kinds of policy that it is used as, and whom it is attached to as such; `kind` when it is no boundary.
    pub(crate) fn kinds(self, kind: PolicyKind) -> Vec<(PolicyKind, Attachment)> {
        let is_policy = self.boundary.is_none() || matches!(self.policy, Attachment::Attached(_));
        let boundary = self.boundary.map(|boundary| (PolicyKind::Boundary, boundary));
        boundary.into_iter().chain(is_policy.then_some((kind, self.policy))).collect()
    }
}

/// What an attribute does with the policy that it names.
pub(crate) enum Use {
    /// It attaches it to what these attributes name.
    Policy(&'static [&'static str]),
    /// It attaches it to the resource in which it stands.
    Owner,
    /// It makes it the boundary of the resource in which it stands.
    Boundary,
}

/// What the attribute of a resource of this type does with a policy; none when that is not known.
pub(crate) fn use_in(kind: &str, attribute: &str) -> Option<Use> {
    match (kind, attribute) {
        ("aws_iam_policy_attachment", "policy_arn") => Some(Use::Policy(&["users", "groups", "roles"])),
        ("aws_iam_user_policy_attachment", "policy_arn") => Some(Use::Policy(&["user"])),
        ("aws_iam_group_policy_attachment", "policy_arn") => Some(Use::Policy(&["group"])),
        ("aws_iam_role_policy_attachment", "policy_arn") => Some(Use::Policy(&["role"])),
        ("aws_iam_role_policy_attachments_exclusive", "policy_arns") => Some(Use::Policy(&["role_name"])),
        ("aws_iam_user_policy_attachments_exclusive", "policy_arns") => Some(Use::Policy(&["user_name"])),
        ("aws_iam_group_policy_attachments_exclusive", "policy_arns") => Some(Use::Policy(&["group_name"])),
        ("aws_organizations_policy_attachment", "policy_id") => Some(Use::Policy(&["target_id"])),
        ("aws_iam_role", "managed_policy_arns") => Some(Use::Owner),
        ("aws_iam_user" | "aws_iam_role", "permissions_boundary") => Some(Use::Boundary),
        _ => None,
    }
}

/// What an attribute names: each by its text, or by the words of the reference.
pub(super) fn named(evaluator: &Evaluator<'_>, block: InFile<'_>, attribute: &str) -> Vec<Box<str>> {
    let Some(value) = block.get(attribute) else { return Vec::new() };
    let value = evaluator.value(value);
    let names = value.items().iter().filter_map(|item| item.scalar());
    let names = names.map(|name| name.shown()).filter(|name| !name.is_empty());
    names.map(|name| address(&name).into()).collect()
}

/// The resource that a reference to one of its names means: `aws_iam_role.ops` of `aws_iam_role.ops.id`.
pub(crate) fn address(words: &str) -> &str {
    let endings = [".id", ".name", ".arn"];
    let owner = endings.iter().find_map(|ending| words.strip_suffix(ending));
    owner.filter(|owner| owner.contains('.')).unwrap_or(words)
}

/// The address of the block of a resource.
fn owner(block: InFile<'_>) -> Box<str> {
    let labels: Vec<_> = block.block.labels.iter().map(|label| label.as_str()).collect();
    labels.join(".").into()
}
