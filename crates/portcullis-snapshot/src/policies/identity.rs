//! The policies of users, groups and roles, and their boundaries.

use std::sync::Arc;

use portcullis_iam::{Gap, Layer, SourceKind};

use super::add;
use crate::account::Account;
use crate::document::Document;
use crate::grants::Grants;
use crate::known::Known;
use crate::principal::Role;
use crate::snapshot::Snapshot;
use crate::user::User;

/// The policies of a user and of its groups. One that is embedded in a group is called `group/policy`.
pub(super) fn of_user(snapshot: &Snapshot, account: &Account, user: &User) -> Layer {
    let mut layer = Layer::default();
    match &user.grants {
        Known::Fact(grants) => add_grants(&mut layer, snapshot, account, grants, Holder::User),
        Known::Unknown(missing) => {
            layer.gaps.push(Gap(format!("the policies of the user: {missing}").into()));
        }
    }
    match &user.groups {
        Known::Fact(groups) => groups.iter().for_each(|name| match account.groups.get(name) {
            Some(group) => add_grants(&mut layer, snapshot, account, &group.grants, Holder::Group(name)),
            None => layer.gaps.push(Gap(format!("the policies of group {name}").into())),
        }),
        Known::Unknown(missing) => {
            layer.gaps.push(Gap(format!("the groups of the user: {missing}").into()));
        }
    }
    layer
}

/// The policies of a role.
pub(super) fn of_role(snapshot: &Snapshot, account: &Account, role: &Role) -> Layer {
    let mut layer = Layer::default();
    add_grants(&mut layer, snapshot, account, &role.grants, Holder::Role);
    layer
}

/// The permissions boundary, when there is one.
pub(super) fn boundary(snapshot: &Snapshot, account: &Account, grants: &Grants) -> Option<Layer> {
    let arn = grants.boundary.as_ref()?;
    let mut layer = Layer::default();
    add_managed(&mut layer, snapshot, account, arn);
    Some(layer)
}

/// Whose policies they are.
#[derive(Clone, Copy)]
enum Holder<'s> {
    User,
    Group(&'s str),
    Role,
}

fn add_grants(
    layer: &mut Layer,
    snapshot: &Snapshot,
    account: &Account,
    grants: &Grants,
    holder: Holder<'_>,
) {
    for policy in &grants.attached {
        add_managed(layer, snapshot, account, &policy.arn);
    }
    for policy in &grants.inline {
        let (id, source) = match holder {
            Holder::User => (policy.name.clone(), SourceKind::User),
            Holder::Group(group) => (format!("{group}/{}", policy.name).into(), SourceKind::Group),
            Holder::Role => (policy.name.clone(), SourceKind::Role),
        };
        add(layer, id, source, &policy.document);
    }
}

/// A managed policy: as the account's dump has it, else as the catalogue has it.
fn add_managed(layer: &mut Layer, snapshot: &Snapshot, account: &Account, arn: &Arc<str>) {
    let is_of_aws = arn.split(':').nth(4) == Some("aws");
    let source = if is_of_aws { SourceKind::AwsManaged } else { SourceKind::CustomerManaged };
    match managed(snapshot, account, arn) {
        Some(document) => add(layer, arn.clone(), source, document),
        None => layer.gaps.push(Gap(format!("no document for {arn}").into())),
    }
}

fn managed<'s>(snapshot: &'s Snapshot, account: &'s Account, arn: &str) -> Option<&'s Document> {
    let in_dump = account.policies.get(arn).and_then(|policy| policy.document.fact());
    let in_catalogue = || snapshot.aws_policies.get(arn).and_then(|policy| policy.document.fact());
    in_dump.or_else(in_catalogue).map(|document| &**document)
}
