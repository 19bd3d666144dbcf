//! The policies of the organization that bind an account, level by level.

use std::sync::Arc;

use portcullis_iam::{AccountId, Gap, Layer, Level, SourceKind};

use super::{Assume, add};
use crate::known::Known;
use crate::organization::{MAX_DEPTH, Node, Organization, OrganizationPolicy, OrganizationPolicyKind};
use crate::snapshot::Snapshot;

/// The policies of one kind that bind an account, from the root of the organization down to the account.
///
/// None where no such policies apply: outside every organization, in the management account, and where the kind is
/// not enabled. Where that is not known, or the way down to the account is not, there is one level that is a gap:
/// it may deny anything and is sure to deny nothing.
pub fn levels(
    snapshot: &Snapshot,
    account: AccountId,
    kind: OrganizationPolicyKind,
    assume: Assume,
) -> Vec<Level> {
    match (&snapshot.organization, assume) {
        (None, Assume::NoOrganization) => Vec::new(),
        (None, Assume::Unknown) => unknown("organization", "the snapshot holds no organization".to_owned()),
        (Some(organization), _) => in_organization(organization, account, kind),
    }
}

fn in_organization(
    organization: &Organization,
    account: AccountId,
    kind: OrganizationPolicyKind,
) -> Vec<Level> {
    let enabled = match kind {
        OrganizationPolicyKind::ServiceControl => organization.service_control_enabled,
        OrganizationPolicyKind::ResourceControl => organization.resource_control_enabled,
    };
    let name = organization.id.fact().map_or("organization", |id| &**id);
    match (enabled, organization.management_account) {
        (Known::Fact(false), _) => return Vec::new(),
        (_, Known::Fact(management)) if management == account => return Vec::new(),
        (Known::Unknown(missing), _) => {
            return unknown(name, format!("whether policies are in force: {missing}"));
        }
        (_, Known::Unknown(missing)) => {
            return unknown(name, format!("whether it is the management account: {missing}"));
        }
        (Known::Fact(true), Known::Fact(_)) => {}
    }
    match chain(organization, account) {
        Chain::Outside => Vec::new(),
        Chain::Broken(gap) => unknown(name, gap),
        Chain::Whole(chain) => {
            chain.into_iter().map(|(id, node)| level(organization, id, node, kind)).collect()
        }
    }
}

/// The way from the root down to an account.
enum Chain<'s> {
    /// The account is not in the organization.
    Outside,
    /// The way is not known, and why.
    Broken(String),
    Whole(Vec<(&'s str, &'s Node)>),
}

fn chain(organization: &Organization, account: AccountId) -> Chain<'_> {
    let mut chain = Vec::new();
    let mut at = account.as_str();
    let Some((mut id, mut node)) = organization.nodes.get_key_value(at) else {
        return match organization.all_accounts {
            Known::Fact(()) => Chain::Outside,
            Known::Unknown(_) => {
                Chain::Broken(format!("the account {account} is in no list of the organization"))
            }
        };
    };
    loop {
        chain.push((&**id, node));
        match &node.parent {
            Known::Fact(None) => break,
            Known::Unknown(missing) => return Chain::Broken(format!("the parent of {id}: {missing}")),
            Known::Fact(Some(parent)) => at = parent,
        }
        if MAX_DEPTH < chain.len() {
            return Chain::Broken(format!("the parents of {account} go round in a circle"));
        }
        match organization.nodes.get_key_value(at) {
            Some(parent) => (id, node) = parent,
            None => return Chain::Broken(format!("nothing is known of {at}")),
        }
    }
    chain.reverse();
    Chain::Whole(chain)
}

fn level(organization: &Organization, id: &str, node: &Node, kind: OrganizationPolicyKind) -> Level {
    let mut layer = Layer::default();
    let all = match kind {
        OrganizationPolicyKind::ServiceControl => organization.all_service_control,
        OrganizationPolicyKind::ResourceControl => organization.all_resource_control,
    };
    if let Known::Unknown(missing) = all {
        layer.gaps.push(Gap(format!("further policies: {missing}").into()));
    }
    let attachments = &organization.attachments;
    let here = attachments.by_target.get(id).into_iter().flatten().chain(&attachments.anywhere);
    let policies = here.filter_map(|policy| organization.policies.get(policy));
    policies.filter(|policy| policy.kind == kind).for_each(|policy| add_attached(&mut layer, policy));
    let name = match node.name.fact() {
        Some(name) => format!("{name} ({id})").into(),
        None => id.into(),
    };
    Level { name, layer }
}

/// Adds a policy that is attached at a level, or a gap if it may be.
fn add_attached(layer: &mut Layer, policy: &OrganizationPolicy) {
    let id: Arc<str> = policy.arn.clone().unwrap_or_else(|| policy.id.clone());
    match (&policy.targets, &policy.document) {
        (Known::Fact(_), Known::Fact(document)) => add(layer, id, SourceKind::Organization, document),
        (Known::Fact(_), Known::Unknown(missing)) => {
            layer.gaps.push(Gap(format!("what {id} says: {missing}").into()));
        }
        (Known::Unknown(missing), _) => {
            layer.gaps.push(Gap(format!("where {id} is attached: {missing}").into()));
        }
    }
}

fn unknown(name: &str, gap: String) -> Vec<Level> {
    let layer = Layer { policies: Vec::new(), gaps: vec![Gap(gap.into())] };
    vec![Level { name: name.into(), layer }]
}
