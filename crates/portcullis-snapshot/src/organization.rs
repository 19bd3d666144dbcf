//! The organization: its tree of units and accounts, and its policies.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use portcullis_iam::AccountId;

use crate::document::Document;
use crate::known::Known;

/// An organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    /// `o-exampleorgid`
    pub id: Known<Box<str>>,
    /// The management account, which SCPs and RCPs do not bind.
    pub management_account: Known<AccountId>,
    /// Whether all features are enabled; without them there are no policies.
    pub all_features: Known<bool>,
    /// The root, the units and the accounts, by id (`r-…`, `ou-…`, twelve digits): all that any dump tells of.
    pub nodes: BTreeMap<Arc<str>, Node>,
    /// Whether `nodes` holds all accounts. Only the flat list of accounts tells.
    pub all_accounts: Known<()>,
    /// Whether service control policies are enabled.
    pub service_control_enabled: Known<bool>,
    /// Whether resource control policies are enabled.
    pub resource_control_enabled: Known<bool>,
    /// The service and resource control policies, by id (`p-…`): all that any dump tells of.
    pub policies: BTreeMap<Arc<str>, OrganizationPolicy>,
    /// Where the policies are attached: the same as their targets, the other way round.
    pub(crate) attachments: Attachments,
    /// Whether `policies` holds all service control policies.
    pub all_service_control: Known<()>,
    /// Whether `policies` holds all resource control policies.
    pub all_resource_control: Known<()>,
    /// Root credentials of members are managed centrally (`RootCredentialsManagement`).
    pub root_credentials_management: Known<bool>,
    /// Root actions in members are performed centrally (`RootSessions`).
    pub root_sessions: Known<bool>,
}

/// The policies by what they are attached to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Attachments {
    /// The ids of policies by the ids of roots, units and accounts.
    pub(crate) by_target: BTreeMap<Arc<str>, Vec<Arc<str>>>,
    /// The ids of policies of which it is not known where they are attached.
    pub(crate) anywhere: Vec<Arc<str>>,
}

impl Attachments {
    pub(crate) fn of(policies: &BTreeMap<Arc<str>, OrganizationPolicy>) -> Self {
        let mut attachments = Self::default();
        for (id, policy) in policies {
            match &policy.targets {
                Known::Unknown(_) => attachments.anywhere.push(id.clone()),
                Known::Fact(targets) => targets.iter().for_each(|target| {
                    attachments.by_target.entry(target.clone()).or_default().push(id.clone());
                }),
            }
        }
        attachments
    }
}

/// The root, a unit or an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Its name.
    pub name: Known<Box<str>>,
    /// The id of the unit or root that it is in. The root is in none.
    pub parent: Known<Option<Arc<str>>>,
}

/// What a node of the tree is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// The root.
    Root,
    /// An organizational unit.
    Unit,
    /// An account.
    Account(Member),
}

/// An account of the organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its id.
    pub id: AccountId,
    /// Its state, when told.
    pub state: MemberState,
}

/// The state of an account in its organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MemberState {
    /// In use.
    Active,
    /// Suspended, closed, to be closed, or not yet active: in AWS's word.
    Other(Box<str>),
    /// Not told.
    Unknown,
}

/// The kinds of organization policy that take part in decisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OrganizationPolicyKind {
    /// `SERVICE_CONTROL_POLICY`
    ServiceControl,
    /// `RESOURCE_CONTROL_POLICY`
    ResourceControl,
}

/// A service or resource control policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganizationPolicy {
    /// `p-examplepolicyid`
    pub id: Arc<str>,
    /// Its ARN, when told.
    pub arn: Option<Arc<str>>,
    /// Its name, when told.
    pub name: Option<Box<str>>,
    /// Its kind.
    pub kind: OrganizationPolicyKind,
    /// What it says.
    pub document: Known<Arc<Document>>,
    /// The ids of the root, units and accounts that it is attached to.
    pub targets: Known<BTreeSet<Arc<str>>>,
}

impl OrganizationPolicyKind {
    /// AWS's name.
    pub fn name(self) -> &'static str {
        match self {
            OrganizationPolicyKind::ServiceControl => "SERVICE_CONTROL_POLICY",
            OrganizationPolicyKind::ResourceControl => "RESOURCE_CONTROL_POLICY",
        }
    }

    /// The kind that AWS calls `name`; none for the types that take no part in decisions.
    pub fn of_name(name: &str) -> Option<Self> {
        [Self::ServiceControl, Self::ResourceControl].into_iter().find(|kind| kind.name() == name)
    }
}

impl OrganizationPolicy {
    /// What people call it: its name, else its id.
    pub fn called(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }

    /// Whether it is AWS's own: what it says is known without a dump.
    pub fn is_of_aws(&self) -> bool {
        Self::aws_text(&self.id).is_some()
    }

    /// What AWS's own policy of this id says.
    pub(crate) fn aws_text(id: &str) -> Option<&'static str> {
        match id {
            FULL_AWS_ACCESS => Some(FULL_AWS_ACCESS_TEXT),
            RCP_FULL_AWS_ACCESS => Some(RCP_FULL_AWS_ACCESS_TEXT),
            _ => None,
        }
    }
}

impl Organization {
    /// The account's node.
    pub fn account(&self, id: AccountId) -> Option<&Node> {
        self.nodes.get(id.as_str())
    }

    /// The way from the root down to an account, as `aws:PrincipalOrgPaths` has it: `o-…/r-…/ou-…/`; none when it is not
    /// known.
    pub fn path(&self, account: AccountId) -> Option<String> {
        let mut parents = Vec::new();
        let mut node = self.account(account)?;
        while let Some(parent) = node.parent.fact()? {
            if MAX_DEPTH < parents.len() {
                return None;
            }
            parents.push(&**parent);
            node = self.nodes.get(parent)?;
        }
        parents.push(self.id.fact()?);
        parents.reverse();
        Some(parents.into_iter().map(|id| format!("{id}/")).collect())
    }

    /// The service control policies, AWS's own left out.
    pub fn service_control(&self) -> impl Iterator<Item = &OrganizationPolicy> {
        let kind = OrganizationPolicyKind::ServiceControl;
        self.policies.values().filter(move |policy| policy.kind == kind && !policy.is_of_aws())
    }

    /// The accounts of the organization that any dump tells of, in the order of their ids.
    pub fn members(&self) -> impl Iterator<Item = &Member> {
        self.nodes.values().filter_map(|node| match &node.kind {
            NodeKind::Account(member) => Some(member),
            NodeKind::Root | NodeKind::Unit => None,
        })
    }
}

/// The service control policy that AWS attaches everywhere until it is replaced.
const FULL_AWS_ACCESS: &str = "p-FullAWSAccess";
const FULL_AWS_ACCESS_TEXT: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;

/// The resource control policy that AWS attaches everywhere and that cannot be detached.
const RCP_FULL_AWS_ACCESS: &str = "p-RCPFullAWSAccess";
const RCP_FULL_AWS_ACCESS_TEXT: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}"#;

/// The root, five levels of units and the account, and some more: what is deeper goes round in a circle.
pub(crate) const MAX_DEPTH: usize = 16;
