//! What is looked at: a snapshot, what is intended for it, and what might be put in force.

use std::sync::Arc;

use portcullis_guardrail::Intent;
use portcullis_iam::{Arn, PolicySet, Timestamp};
use portcullis_snapshot::policies::{Assume, in_force};
use portcullis_snapshot::{Account, Proposal, Snapshot, Who};

use crate::credential::CredentialKind;

/// A snapshot, what is intended for it, and what might be put in force.
#[derive(Clone, Copy, Debug)]
pub struct Estate<'s> {
    /// The snapshot.
    pub snapshot: &'s Snapshot,
    /// An earlier snapshot to compare it with.
    pub before: Option<&'s Snapshot>,
    /// What is intended.
    pub intent: &'s Intent,
    /// Policies that are not in force, and where they would be attached.
    pub proposals: &'s [Proposal],
    /// Who takes a step, and how it would be taken back.
    pub operator: Option<&'s Operator>,
    /// The time to take as now: proofs hold from then on.
    pub now: Timestamp,
}

/// Who takes a step, and how it would be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    /// The user or role.
    pub principal: Arn,
    /// The credential that it will have afterwards.
    pub kind: CredentialKind,
    /// What takes the step back.
    pub inverses: Vec<Inverse>,
}

/// A call that takes something back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inverse {
    /// The action, such as `iam:DetachUserPolicy`.
    pub action: Box<str>,
    /// The resource that it is authorized on.
    pub resource: Box<str>,
}

/// Where the snapshot holds no organization there may be control policies that nobody saw: that is for the coverage to
/// tell. What is proven holds as far as the account's own policies go.
pub(crate) const ASSUME: Assume = Assume::NoOrganization;

impl<'s> Estate<'s> {
    /// The snapshot alone, with nothing to compare it with.
    pub fn new(snapshot: &'s Snapshot, intent: &'s Intent, now: Timestamp) -> Self {
        Self { snapshot, before: None, intent, proposals: &[], operator: None, now }
    }

    /// Whether there is something to compare with: an earlier snapshot, or what is in force now without the proposals.
    pub fn compares(&self) -> bool {
        self.before.is_some() || !self.proposals.is_empty()
    }

    /// Every policy that applies to the principal, the proposals included.
    pub fn policies(&self, account: &Account, who: Who<'_>) -> PolicySet {
        let mut policies = in_force(self.snapshot, account, who, ASSUME);
        for proposal in self.proposals {
            proposal.attach(self.snapshot, account, who, &mut policies);
        }
        policies
    }

    /// Every policy that applied to the principal before: in the earlier snapshot, or without the proposals. A principal
    /// that there was not had none, and nothing was allowed to it.
    pub fn policies_before(&self, account: &Account, who: Who<'_>) -> Option<PolicySet> {
        let Some(before) = self.before else {
            return self.compares().then(|| in_force(self.snapshot, account, who, ASSUME));
        };
        let Some(account) = before.accounts.get(&account.id) else { return Some(PolicySet::default()) };
        let earlier = match who {
            Who::User(user) => account.users.get(&user.name).filter(|own| own.arn == user.arn).map(Who::User),
            Who::Role(role) => account.roles.get(&role.name).filter(|own| own.arn == role.arn).map(Who::Role),
            Who::Root => Some(Who::Root),
        };
        Some(earlier.map(|who| in_force(before, account, who, ASSUME)).unwrap_or_default())
    }
}

/// The policies, with everything allowed to the session: who makes a federated session chooses its session policies.
pub(crate) fn with_open_session(policies: &PolicySet) -> Arc<PolicySet> {
    Arc::new(PolicySet { session: Some(portcullis_iam::Layer::allow_everything()), ..policies.clone() })
}
