//! Whom the policies of a module are attached to.

use super::eval::Evaluator;
use super::module::InFile;
use super::references::{Reference, References};
use crate::document::Attachment;

/// How a policy of a module is used.
pub(super) struct Uses {
    /// As a policy.
    pub(super) policy: Attachment,
    /// As a permissions boundary, when it is one.
    pub(super) boundary: Option<Attachment>,
}

/// The uses of the policy at an address, which other resources attach.
pub(super) fn uses(evaluator: &Evaluator<'_>, references: &References<'_>, address: &str) -> Uses {
    let (mut attached, mut bounded) = (Vec::new(), Vec::new());
    let mut is_open = false;
    for reference in references.of(address) {
        match attachment(reference) {
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
    let boundary = (!bounded.is_empty()).then_some(Attachment::Attached(bounded));
    let policy = match attached.is_empty() {
        true if is_open => Attachment::Unknown,
        true => Attachment::Nobody,
        false => Attachment::Attached(attached),
    };
    Uses { policy, boundary }
}

/// What a reference does.
enum Use {
    /// It attaches to what these attributes name.
    Policy(&'static [&'static str]),
    /// It attaches to the resource in which it stands.
    Owner,
    /// It makes the policy the boundary of the resource in which it stands.
    Boundary,
}

fn attachment(reference: &Reference<'_>) -> Option<Use> {
    match (reference.kind?, reference.attribute) {
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
fn address(words: &str) -> &str {
    let endings = [".id", ".name", ".arn"];
    let owner = endings.iter().find_map(|ending| words.strip_suffix(ending));
    owner.filter(|owner| owner.contains('.')).unwrap_or(words)
}

/// The address of the block of a resource.
fn owner(block: InFile<'_>) -> Box<str> {
    let labels: Vec<_> = block.block.labels.iter().map(|label| label.as_str()).collect();
    labels.join(".").into()
}
