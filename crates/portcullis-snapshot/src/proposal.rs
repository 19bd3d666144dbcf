//! A policy that is not in force: what if it were attached?

use std::sync::Arc;

use portcullis_iam::{AccountId, Arn, Attached, Layer, Level, Policy, PolicySet, SourceKind};
use thiserror::Error;

use crate::account::Account;
use crate::known::Known;
use crate::organization::Organization;
use crate::policies::{Found, find};
use crate::principal::Who;
use crate::snapshot::Snapshot;

/// A policy, and where it would be attached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Its name: the file's, or the ARN that it will have.
    pub id: Arc<str>,
    /// What it says.
    pub policy: Arc<Policy>,
    /// To whom it would be attached.
    pub target: Target,
}

/// To whom a policy would be attached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To every user of every account, as an identity policy.
    AllUsers,
    /// To every user of the account, as an identity policy.
    UsersOf(AccountId),
    /// To this user, as an identity policy.
    User(Arn),
    /// To the root (`r-…`), a unit (`ou-…`) or an account of the organization, as a service control policy.
    ServiceControl(Arc<str>),
    /// To users or roles, as their permissions boundary, in place of the one that they have.
    Boundary(Bounded),
}

/// Whose permissions boundary a policy would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bounded {
    /// Every user of every account.
    AllUsers,
    /// Every user of the account.
    UsersOf(AccountId),
    /// This user or role.
    Principal(Arn),
}

/// Why a policy cannot be attached there.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NoTarget {
    /// There is no organization.
    #[error("the snapshot holds no organization to attach a service control policy to")]
    Organization,
    /// The organization has no such root, unit or account.
    #[error("the organization has no root, unit or account `{0}`")]
    Node(Arc<str>),
    /// The snapshot has no such account.
    #[error("the snapshot does not hold the account `{0}`")]
    Account(AccountId),
    /// The snapshot has no such user.
    #[error("the snapshot does not hold the user `{0}`")]
    User(Arn),
    /// The snapshot has no such user or role.
    #[error("the snapshot does not hold the user or role `{0}`")]
    Principal(Arn),
}

impl Target {
    /// Whether it is this principal alone.
    pub fn is_alone(&self, principal: &Arn) -> bool {
        match self {
            Target::User(arn) | Target::Boundary(Bounded::Principal(arn)) => arn == principal,
            Target::AllUsers
            | Target::UsersOf(_)
            | Target::ServiceControl(_)
            | Target::Boundary(Bounded::AllUsers | Bounded::UsersOf(_)) => false,
        }
    }
}

impl Proposal {
    /// Whether there is anything in the snapshot that it could be attached to.
    ///
    /// # Errors
    /// When there is not.
    pub fn check(&self, snapshot: &Snapshot) -> Result<(), NoTarget> {
        match &self.target {
            Target::AllUsers | Target::Boundary(Bounded::AllUsers) => Ok(()),
            Target::UsersOf(id) | Target::Boundary(Bounded::UsersOf(id)) => {
                snapshot.accounts.contains_key(id).then_some(()).ok_or(NoTarget::Account(*id))
            }
            Target::Boundary(Bounded::Principal(arn)) => match find(snapshot, arn) {
                Ok(Found::User(..) | Found::Role(..)) => Ok(()),
                Ok(Found::Root(..)) | Err(_) => Err(NoTarget::Principal(arn.clone())),
            },
            Target::User(arn) => match snapshot.users().any(|(_, user)| user.arn == *arn) {
                true => Ok(()),
                false => Err(NoTarget::User(arn.clone())),
            },
            Target::ServiceControl(id) => match &snapshot.organization {
                None => Err(NoTarget::Organization),
                Some(organization) if organization.nodes.contains_key(id) => Ok(()),
                Some(_) => Err(NoTarget::Node(id.clone())),
            },
        }
    }

    /// Adds the policy to those of a principal, where it would apply to it.
    pub fn attach(&self, snapshot: &Snapshot, account: &Account, who: Who<'_>, policies: &mut PolicySet) {
        let to_user = match (&self.target, who) {
            (Target::AllUsers, Who::User(_)) => true,
            (Target::UsersOf(id), Who::User(_)) => *id == account.id,
            (Target::User(arn), Who::User(user)) => *arn == user.arn,
            (Target::AllUsers | Target::UsersOf(_) | Target::User(_), Who::Role(_) | Who::Root) => false,
            (Target::Boundary(bounded), Who::User(_) | Who::Role(_) | Who::Root) => {
                if is_bounded(bounded, account, who) {
                    let own = attached(self, SourceKind::CustomerManaged);
                    policies.boundary = Some(Layer { policies: vec![own], gaps: Vec::new() });
                }
                false
            }
            (Target::ServiceControl(node), Who::User(_) | Who::Role(_) | Who::Root) => {
                if let Some(organization) = &snapshot.organization {
                    at_level(self, organization, (account, node), policies);
                }
                false
            }
        };
        if to_user {
            policies.identity.policies.push(attached(self, SourceKind::CustomerManaged));
        }
    }
}

impl NoTarget {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            NoTarget::Organization => "add the dumps of the organization, or attach it to users",
            NoTarget::Node(_) => "give an id such as r-ab12, ou-ab12-11111111 or 111111111111",
            NoTarget::Account(_) => "add the dumps of that account",
            NoTarget::User(_) | NoTarget::Principal(_) => {
                "give the whole ARN, with the path: arn:aws:iam::111111111111:user/path/alice"
            }
        }
    }
}

fn is_bounded(bounded: &Bounded, account: &Account, who: Who<'_>) -> bool {
    match (bounded, who) {
        (Bounded::AllUsers, Who::User(_)) => true,
        (Bounded::UsersOf(id), Who::User(_)) => *id == account.id,
        (Bounded::Principal(arn), Who::User(_) | Who::Role(_)) => who.arn(account) == arn,
        (Bounded::AllUsers | Bounded::UsersOf(_), Who::Role(_) | Who::Root) => false,
        (Bounded::Principal(_), Who::Root) => false,
    }
}

fn attached(proposal: &Proposal, source: SourceKind) -> Attached {
    Attached { id: proposal.id.clone(), source, policy: proposal.policy.clone() }
}

/// As a service control policy of a node above the account, or of the account itself.
fn at_level(
    proposal: &Proposal,
    organization: &Organization,
    (account, node): (&Account, &Arc<str>),
    policies: &mut PolicySet,
) {
    if !is_above(organization, node, account.id) {
        return;
    }
    let own = attached(proposal, SourceKind::Organization);
    let suffix = format!("({node})");
    let level = policies.service_control.iter_mut();
    let mut level = level.filter(|level| *level.name == **node || level.name.ends_with(&suffix));
    match level.next() {
        Some(level) => level.layer.policies.push(own),
        None => {
            // Control policies are not enabled yet: with them AWS attaches one that allows everything.
            let mut layer = Layer::allow_everything();
            layer.policies.push(own);
            policies.service_control.push(Level { name: (&**node).into(), layer });
        }
    }
}

/// Whether the account is the node or lies below it, and control policies bind it.
fn is_above(organization: &Organization, node: &str, account: AccountId) -> bool {
    if organization.management_account == Known::Fact(account) {
        return false;
    }
    let mut at = Some(account.as_str());
    for _ in 0..DEEPEST {
        match at {
            None => return false,
            Some(id) if id == node => return true,
            Some(id) => {
                let parent = organization.nodes.get(id).and_then(|own| own.parent.fact());
                at = parent.and_then(|parent| parent.as_deref());
            }
        }
    }
    false
}

/// More levels than an organization can have.
const DEEPEST: usize = 16;
