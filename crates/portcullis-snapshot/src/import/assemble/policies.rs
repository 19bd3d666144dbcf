//! The policies of the organization, and those of AWS that accounts refer to.

use std::collections::{BTreeMap, BTreeSet};

use portcullis_iam::{AccountId, catalog};

use super::super::intern::{DocumentKind, Intern};
use super::super::organizations::{DescribedPolicy, ListedPolicy};
use super::Id;
use super::ledger::Ledger;
use crate::account::Account;
use crate::dump::Dump;
use crate::grants::Grants;
use crate::known::{Known, Missing, Why};
use crate::organization::{OrganizationPolicy, OrganizationPolicyKind};
use crate::principal::ManagedPolicy;

/// The policies that the dumps tell of so far.
#[derive(Default)]
pub(super) struct Policies {
    by_id: BTreeMap<Id, OrganizationPolicy>,
    targets: BTreeMap<Id, BTreeSet<Id>>,
}

impl Policies {
    /// A policy of a list. Types that take no part in decisions are left out.
    pub(super) fn add(&mut self, listed: &ListedPolicy, intern: &Intern) {
        let Some(kind) = listed.kind else { return };
        let id = intern.name(&listed.id);
        let policy = self.by_id.entry(id.clone()).or_insert_with(|| OrganizationPolicy {
            id,
            arn: None,
            name: None,
            kind,
            document: aws_document(&listed.id, kind, intern),
            targets: Known::Unknown(NO_TARGETS),
        });
        policy.arn = policy.arn.take().or(listed.arn.as_ref().map(|arn| intern.name(arn)));
        policy.name = policy.name.take().or(listed.name.clone());
    }

    /// What a policy says.
    pub(super) fn describe(&mut self, described: &DescribedPolicy, intern: &Intern) {
        self.add(&described.summary, intern);
        let Some(policy) = self.by_id.get_mut(&*described.summary.id) else { return };
        policy.document = match &described.content {
            Some(content) => Known::Fact(intern.document(content, document_kind(policy.kind))),
            None => Known::Unknown(Missing::new(Dump::DescribePolicy, Why::NoField)),
        };
    }

    /// Where a policy is attached.
    pub(super) fn attach(&mut self, policy: Option<&str>, targets: &[Box<str>], intern: &Intern) {
        let Some(policy) = policy else { return };
        let targets = targets.iter().map(|target| intern.name(target));
        self.targets.entry(intern.name(policy)).or_default().extend(targets);
    }

    /// The policies with everything that is known of them.
    pub(super) fn finish(&mut self, ledger: &Ledger) -> BTreeMap<Id, OrganizationPolicy> {
        let mut policies = std::mem::take(&mut self.by_id);
        for (id, policy) in &mut policies {
            let whole = ledger.whole(Dump::ListTargetsForPolicy, Some(id));
            policy.targets = whole.map(|()| self.targets.remove(id).unwrap_or_default());
            if let Known::Unknown(Missing { why: Why::NoFile, .. }) = policy.document {
                policy.document = Known::Unknown(ledger.no_entry(Dump::DescribePolicy, Some(id)));
            }
        }
        policies
    }
}

/// The managed policies of AWS that users, groups and roles refer to and the dumps do not hold.
pub(super) fn from_catalogue(
    accounts: &BTreeMap<AccountId, Account>,
    intern: &Intern,
) -> BTreeMap<Id, ManagedPolicy> {
    let mut policies = BTreeMap::new();
    for account in accounts.values() {
        for arn in referred(account).filter(|arn| !account.policies.contains_key(*arn)) {
            if policies.contains_key(arn) {
                continue;
            }
            if let Some(policy) = catalogue_policy(arn, intern) {
                policies.insert(arn.clone(), policy);
            }
        }
    }
    policies
}

/// The ARNs of the managed policies that principals of the account refer to, as often as they do.
fn referred(account: &Account) -> impl Iterator<Item = &Id> {
    let users = account.users.values().filter_map(|user| user.grants.fact());
    let groups = account.groups.values().map(|group| &group.grants);
    let roles = account.roles.values().map(|role| &role.grants);
    users.chain(groups).chain(roles).flat_map(arns)
}

fn arns(grants: &Grants) -> impl Iterator<Item = &Id> {
    grants.attached.iter().map(|policy| &policy.arn).chain(&grants.boundary)
}

fn catalogue_policy(arn: &Id, intern: &Intern) -> Option<ManagedPolicy> {
    let known = catalog::managed_policy(arn)?;
    Some(ManagedPolicy {
        arn: arn.clone(),
        default_version: known.version.into(),
        document: Known::Fact(intern.document(known.document, DocumentKind::Identity)),
        line: 0,
        origin: None,
    })
}

/// What AWS's own policies of the organization say, which need not be described.
fn aws_document(
    id: &str,
    kind: OrganizationPolicyKind,
    intern: &Intern,
) -> Known<std::sync::Arc<crate::Document>> {
    match OrganizationPolicy::aws_text(id) {
        Some(text) => Known::Fact(intern.document(text, document_kind(kind))),
        None => Known::Unknown(Missing::new(Dump::DescribePolicy, Why::NoFile)),
    }
}

fn document_kind(kind: OrganizationPolicyKind) -> DocumentKind {
    match kind {
        OrganizationPolicyKind::ServiceControl => DocumentKind::ServiceControl,
        OrganizationPolicyKind::ResourceControl => DocumentKind::ResourceControl,
    }
}

const NO_TARGETS: Missing = Missing::new(Dump::ListTargetsForPolicy, Why::NoFile);
