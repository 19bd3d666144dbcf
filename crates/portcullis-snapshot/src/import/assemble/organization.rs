//! The organization.

use std::collections::{BTreeMap, BTreeSet};

use portcullis_iam::AccountId;

use super::super::intern::Intern;
use super::super::organizations::{Description, Features};
use super::super::part::{Content, Part};
use super::super::place::Place;
use super::Id;
use super::ledger::Ledger;
use super::nodes::Nodes;
use super::policies::Policies;
use crate::coverage::{Entry, Scope};
use crate::dump::Dump;
use crate::input::InputId;
use crate::known::{Known, Missing, Why};
use crate::organization::{Attachments, NodeKind, Organization, OrganizationPolicyKind};

/// What the files of the organization tell.
#[derive(Default)]
struct Facts {
    ledger: Ledger,
    nodes: Nodes,
    policies: Policies,
    description: Option<Description>,
    /// The policy types that are enabled in the root.
    enabled: Option<BTreeSet<OrganizationPolicyKind>>,
    features: Option<Features>,
}

/// The organization that its files make, and how well it is covered; none when no file tells of it.
pub(super) fn build(parts: Vec<(InputId, Part)>, intern: &Intern) -> (Option<Organization>, Vec<Entry>) {
    if parts.is_empty() {
        return (None, Vec::new());
    }
    let mut facts = Facts::default();
    for (_, part) in parts {
        facts.ledger.note(&part);
        facts.take(part, intern);
    }
    let organization = facts.organization();
    let entries = facts.coverage(&organization);
    (Some(organization), entries)
}

impl Facts {
    fn take(&mut self, part: Part, intern: &Intern) {
        let Place::Organization { dump, key } = part.place else { return };
        let parent = match dump {
            Dump::ListAccountsForParent | Dump::ListOrganizationalUnits => key.as_deref(),
            _ => None,
        };
        match part.content {
            Content::Description(description) => self.description = Some(description),
            Content::Roots(list) => {
                let enabled = list.entries.iter().flat_map(|root| root.enabled.iter().copied());
                self.enabled.get_or_insert_default().extend(enabled);
                list.entries.iter().for_each(|root| self.nodes.add_root(root, intern));
            }
            Content::Units(list) => {
                list.entries.iter().for_each(|unit| self.nodes.add_unit(unit, parent, intern));
            }
            Content::Accounts(list) => {
                list.entries.iter().for_each(|account| self.nodes.add_account(account, parent, intern));
            }
            Content::Policies(list) => {
                list.entries.iter().for_each(|policy| self.policies.add(policy, intern));
            }
            Content::Policy(policy) => self.policies.describe(&policy, intern),
            Content::Targets(list) => self.policies.attach(key.as_deref(), &list.entries, intern),
            Content::Features(features) => self.features = Some(features),
            Content::Ignored
            | Content::Unreadable
            | Content::Refused
            | Content::Details(_)
            | Content::Report(_)
            | Content::Summary(_)
            | Content::Virtual(_)
            | Content::Devices(_)
            | Content::PasswordPolicy(_)
            | Content::Manifest(_) => {}
        }
    }

    fn organization(&mut self) -> Organization {
        let id = self.id();
        let management_account = self.management_account();
        let all_features = self.description.as_ref().and_then(|description| description.all_features);
        let policies = self.policies.finish(&self.ledger);
        let list = |kind: OrganizationPolicyKind| self.ledger.whole(Dump::ListPolicies, Some(kind.name()));
        Organization {
            id,
            management_account,
            all_features: self.told(Dump::DescribeOrganization, all_features),
            service_control_enabled: self.is_enabled(OrganizationPolicyKind::ServiceControl),
            resource_control_enabled: self.is_enabled(OrganizationPolicyKind::ResourceControl),
            all_service_control: list(OrganizationPolicyKind::ServiceControl),
            all_resource_control: list(OrganizationPolicyKind::ResourceControl),
            all_accounts: self.ledger.whole(Dump::ListAccounts, None),
            root_credentials_management: self.has_feature("RootCredentialsManagement"),
            root_sessions: self.has_feature("RootSessions"),
            attachments: Attachments::of(&policies),
            policies,
            nodes: std::mem::take(&mut self.nodes.by_id),
        }
    }

    fn id(&self) -> Known<Box<str>> {
        let described = self.description.as_ref().and_then(|description| description.id.clone());
        let featured = self.features.as_ref().and_then(|features| features.organization.clone());
        let id = described.or(self.nodes.organization.clone()).or(featured);
        self.told(Dump::DescribeOrganization, id)
    }

    fn management_account(&self) -> Known<AccountId> {
        let described = self.description.as_ref().and_then(|description| description.management_account);
        self.told(Dump::DescribeOrganization, described.or(self.nodes.management_account))
    }

    fn is_enabled(&self, kind: OrganizationPolicyKind) -> Known<bool> {
        let enabled = self.enabled.as_ref().map(|enabled| enabled.contains(&kind));
        self.told(Dump::ListRoots, enabled)
    }

    fn has_feature(&self, name: &str) -> Known<bool> {
        let features = self.features.as_ref();
        let enabled = features.map(|features| features.enabled.iter().any(|feature| **feature == *name));
        self.told(Dump::ListOrganizationsFeatures, enabled)
    }

    fn told<T>(&self, dump: Dump, fact: Option<T>) -> Known<T> {
        let missing = match self.ledger.has(dump) {
            true => Missing::new(dump, Why::NoField),
            false => self.ledger.no_entry(dump, None),
        };
        fact.map_or(Known::Unknown(missing), Known::Fact)
    }

    fn coverage(&self, organization: &Organization) -> Vec<Entry> {
        let scope = Scope::Organization;
        let by_key = |dump, keys: Vec<&str>| self.ledger.entry_by_key(scope, dump, keys.into_iter());
        let parents = parents(&organization.nodes);
        let types = types(organization);
        let policies = || organization.policies.iter();
        let undescribed = policies().filter(|(_, policy)| !policy.is_of_aws()).map(|(id, _)| &**id);
        let optional =
            self.ledger.has(Dump::ListAccounts).then(|| self.ledger.entry(scope, Dump::ListAccounts));
        let mut entries = vec![
            self.ledger.entry(scope, Dump::DescribeOrganization),
            self.ledger.entry(scope, Dump::ListRoots),
            by_key(Dump::ListOrganizationalUnits, parents.clone()),
            by_key(Dump::ListAccountsForParent, parents),
        ];
        entries.extend(optional);
        entries.extend([
            by_key(Dump::ListPolicies, types),
            by_key(Dump::DescribePolicy, undescribed.collect()),
            by_key(Dump::ListTargetsForPolicy, policies().map(|(id, _)| &**id).collect()),
            self.ledger.entry(scope, Dump::ListOrganizationsFeatures),
        ]);
        entries
    }
}

/// The root and the units, each of which has a list of units and one of accounts.
fn parents(nodes: &BTreeMap<Id, crate::organization::Node>) -> Vec<&str> {
    let has_lists = |kind: &NodeKind| match kind {
        NodeKind::Root | NodeKind::Unit => true,
        NodeKind::Account(_) => false,
    };
    nodes.iter().filter(|(_, node)| has_lists(&node.kind)).map(|(id, _)| &**id).collect()
}

/// The policy types whose list is wanted: those that are not known to be disabled.
fn types(organization: &Organization) -> Vec<&'static str> {
    let enabled = [
        (OrganizationPolicyKind::ServiceControl, organization.service_control_enabled),
        (OrganizationPolicyKind::ResourceControl, organization.resource_control_enabled),
    ];
    let wanted = enabled.into_iter().filter(|(_, enabled)| *enabled != Known::Fact(false));
    wanted.map(|(kind, _)| kind.name()).collect()
}
