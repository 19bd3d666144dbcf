//! Every policy that applies to a principal.

mod fingerprint;
mod identity;
mod organization;

pub use fingerprint::{Fingerprint, fingerprint};
pub use organization::levels;

use std::sync::Arc;

use portcullis_iam::{Arn, Attached, Gap, Layer, PolicySet, SourceKind};
use thiserror::Error;

use crate::account::Account;
use crate::document::Document;
use crate::known::Known;
use crate::organization::OrganizationPolicyKind;
use crate::principal::{Role, Who};
use crate::snapshot::Snapshot;
use crate::user::User;

/// How to take the organization's policies when the snapshot holds no organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Assume {
    /// As if there were none: a decision holds as far as the account's own policies go.
    NoOrganization,
    /// As unknown: whatever they may deny is undetermined.
    Unknown,
}

/// Why no policies can be given for an ARN.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NotFound {
    /// It names no user, role or root user.
    #[error("`{0}` is no user, role or root user")]
    Kind(Arn),
    /// The snapshot does not have its account.
    #[error("the snapshot does not hold the account of `{0}`")]
    Account(Arn),
    /// The account has no such user or role.
    #[error("there is no `{0}` in its account")]
    Principal(Arn),
    /// The account's users or roles are not all known, and this one is not among those that are.
    #[error("`{0}` is not among the principals that are known")]
    Hidden(Arn),
}

impl NotFound {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            NotFound::Kind(_) => "give an ARN such as arn:aws:iam::111111111111:user/alice",
            NotFound::Account(_) => "add the dumps of that account",
            NotFound::Principal(_) => "the ARN has the path: arn:aws:iam::111111111111:user/path/alice",
            NotFound::Hidden(_) => "add account-authorization-details.json, with all its pages",
        }
    }
}

/// A principal of a snapshot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Found<'s> {
    /// The root user.
    Root(&'s Account),
    /// An IAM user.
    User(&'s Account, &'s User),
    /// An IAM role.
    Role(&'s Account, &'s Role),
}

/// Every policy that applies to the principal with this ARN: the root user, a user, or a role (whose sessions have
/// no session policy).
///
/// The resource control policies are those of the principal's own account; for a resource of another account take
/// its [`levels`].
///
/// # Errors
/// When the snapshot does not hold the principal.
pub fn policies_for(snapshot: &Snapshot, principal: &Arn, assume: Assume) -> Result<PolicySet, NotFound> {
    Ok(match find(snapshot, principal)? {
        Found::Root(account) => of_account(snapshot, account, assume),
        Found::User(account, user) => of_user(snapshot, account, user, assume),
        Found::Role(account, role) => of_role(snapshot, account, role, assume),
    })
}

/// The principal with this ARN. A session's ARN (`arn:aws:sts::…:assumed-role/…`) stands for its role.
///
/// # Errors
/// When the snapshot does not hold the principal.
pub fn find<'s>(snapshot: &'s Snapshot, principal: &Arn) -> Result<Found<'s>, NotFound> {
    let (kind, rest) = principal.resource().split_once('/').unwrap_or((principal.resource(), ""));
    let account = || snapshot.account_of(principal).ok_or_else(|| NotFound::Account(principal.clone()));
    match (principal.service(), kind) {
        ("iam", "root") => Ok(Found::Root(account()?)),
        ("iam", "user") => {
            let account = account()?;
            let user = account.users.get(last_part(rest)).filter(|user| user.arn == *principal);
            let user = user.ok_or_else(|| absent(principal, account.all_users))?;
            Ok(Found::User(account, user))
        }
        ("iam", "role") => {
            let account = account()?;
            let role = account.roles.get(last_part(rest)).filter(|role| role.arn == *principal);
            let role = role.ok_or_else(|| absent(principal, account.all_details))?;
            Ok(Found::Role(account, role))
        }
        ("sts", "assumed-role") => {
            let account = account()?;
            let name = rest.split('/').next().unwrap_or_default();
            let role = account.roles.get(name).ok_or_else(|| absent(principal, account.all_details))?;
            Ok(Found::Role(account, role))
        }
        _ => Err(NotFound::Kind(principal.clone())),
    }
}

/// Every policy that applies to a principal of the account.
pub fn in_force(snapshot: &Snapshot, account: &Account, who: Who<'_>, assume: Assume) -> PolicySet {
    match who {
        Who::User(user) => of_user(snapshot, account, user, assume),
        Who::Role(role) => of_role(snapshot, account, role, assume),
        Who::Root => of_account(snapshot, account, assume),
    }
}

/// Every policy that applies to a user.
pub fn of_user(snapshot: &Snapshot, account: &Account, user: &User, assume: Assume) -> PolicySet {
    let identity = identity::of_user(snapshot, account, user);
    let boundary = match &user.grants {
        Known::Fact(grants) => identity::boundary(snapshot, account, grants),
        Known::Unknown(missing) => {
            let gap = Gap(format!("whether there is a permissions boundary: {missing}").into());
            Some(Layer { policies: Vec::new(), gaps: vec![gap] })
        }
    };
    PolicySet { identity, boundary, ..of_account(snapshot, account, assume) }
}

/// Every policy that applies to the sessions of a role, apart from session policies.
pub fn of_role(snapshot: &Snapshot, account: &Account, role: &Role, assume: Assume) -> PolicySet {
    PolicySet {
        identity: identity::of_role(snapshot, account, role),
        boundary: identity::boundary(snapshot, account, &role.grants),
        ..of_account(snapshot, account, assume)
    }
}

/// The policies of the organization that apply to everybody in the account: all that applies to its root user.
pub fn of_account(snapshot: &Snapshot, account: &Account, assume: Assume) -> PolicySet {
    let management = snapshot.organization.as_ref().map(|organization| organization.management_account);
    PolicySet {
        service_control: levels(snapshot, account.id, OrganizationPolicyKind::ServiceControl, assume),
        resource_control: levels(snapshot, account.id, OrganizationPolicyKind::ResourceControl, assume),
        management_account: management.and_then(|account| account.fact().copied()),
        ..PolicySet::default()
    }
}

/// The trust policy of a role: the [`PolicySet::resource`] of a request to assume it.
pub fn trust(role: &Role) -> Layer {
    let mut layer = Layer::default();
    match &role.trust {
        Known::Fact(document) => add(&mut layer, role.arn.as_str().into(), SourceKind::Resource, document),
        Known::Unknown(missing) => layer.gaps.push((*missing).into()),
    }
    layer
}

/// Adds a document to a layer: as a policy when it has a meaning, else as a gap.
fn add(layer: &mut Layer, id: Arc<str>, source: SourceKind, document: &Document) {
    match &document.policy {
        Some(policy) => layer.policies.push(Attached { id, source, policy: policy.clone() }),
        None => layer.gaps.push(Gap(format!("the document of {id} has no meaning").into())),
    }
}

fn last_part(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

fn absent(principal: &Arn, all: Known<()>) -> NotFound {
    match all {
        Known::Fact(()) => NotFound::Principal(principal.clone()),
        Known::Unknown(_) => NotFound::Hidden(principal.clone()),
    }
}
