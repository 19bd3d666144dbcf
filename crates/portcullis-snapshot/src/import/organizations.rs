//! The dumps of AWS Organizations: the tree of units and accounts, and the policies.

use portcullis_iam::{AccountId, Arn};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::fault::Fault;
use super::json::{self, Text};
use crate::organization::OrganizationPolicyKind;

/// `aws organizations describe-organization`
#[derive(Debug)]
pub(super) struct Description {
    pub(super) id: Option<Box<str>>,
    pub(super) management_account: Option<AccountId>,
    pub(super) all_features: Option<bool>,
}

/// What one entry of a list tells.
#[derive(Debug)]
pub(super) struct Listed<T> {
    pub(super) entries: Vec<T>,
    /// Whether every page of the file says that there are further ones.
    pub(super) cut_short: bool,
}

/// A root, with the policy types that are enabled in it.
#[derive(Debug)]
pub(super) struct ListedRoot {
    pub(super) id: Box<str>,
    pub(super) name: Option<Box<str>>,
    pub(super) arn: Option<Arn>,
    pub(super) enabled: Vec<OrganizationPolicyKind>,
}

/// A unit.
#[derive(Debug)]
pub(super) struct ListedUnit {
    pub(super) id: Box<str>,
    pub(super) name: Option<Box<str>>,
    pub(super) arn: Option<Arn>,
}

/// An account.
#[derive(Debug)]
pub(super) struct ListedAccount {
    pub(super) id: AccountId,
    pub(super) name: Option<Box<str>>,
    pub(super) arn: Option<Arn>,
    /// AWS's word: the newer `State`, else `Status`.
    pub(super) state: Option<Box<str>>,
    /// Where it is: `o-…/r-…/ou-…/`, when told.
    pub(super) path: Option<Box<str>>,
}

/// A policy, without what it says.
#[derive(Debug)]
pub(super) struct ListedPolicy {
    pub(super) id: Box<str>,
    pub(super) name: Option<Box<str>>,
    pub(super) arn: Option<Box<str>>,
    /// None for the types that take no part in decisions.
    pub(super) kind: Option<OrganizationPolicyKind>,
}

/// A policy with what it says.
#[derive(Debug)]
pub(super) struct DescribedPolicy {
    pub(super) summary: ListedPolicy,
    pub(super) content: Option<Box<str>>,
}

/// `aws iam list-organizations-features`
#[derive(Debug)]
pub(super) struct Features {
    pub(super) organization: Option<Box<str>>,
    pub(super) enabled: Vec<Box<str>>,
}

pub(super) fn read_description(text: &str) -> Result<Description, Fault> {
    let output: DescribeOrganization<'_> = only(text)?;
    let detail = output.organization.ok_or_else(|| alien("Organization"))?;
    Ok(Description {
        id: owned(detail.id),
        management_account: detail.master_account_id.and_then(|id| AccountId::parse(id.as_str())),
        all_features: detail.feature_set.map(|set| set.as_str() == "ALL"),
    })
}

pub(super) fn read_roots(text: &str) -> Result<Listed<ListedRoot>, Fault> {
    listed(
        text,
        "Roots",
        |page| page.roots.take(),
        |root| {
            Some(ListedRoot {
                id: owned(root.id)?,
                name: owned(root.name),
                arn: root.arn.and_then(|arn| Arn::parse(arn.as_str())),
                enabled: root.policy_types.into_iter().flatten().filter_map(PolicyType::enabled).collect(),
            })
        },
    )
}

pub(super) fn read_units(text: &str) -> Result<Listed<ListedUnit>, Fault> {
    listed(
        text,
        "OrganizationalUnits",
        |page| page.organizational_units.take(),
        |unit| {
            Some(ListedUnit {
                id: owned(unit.id)?,
                name: owned(unit.name),
                arn: unit.arn.and_then(|arn| Arn::parse(arn.as_str())),
            })
        },
    )
}

pub(super) fn read_accounts(text: &str) -> Result<Listed<ListedAccount>, Fault> {
    listed(
        text,
        "Accounts",
        |page| page.accounts.take(),
        |account| {
            Some(ListedAccount {
                id: AccountId::parse(account.id?.as_str())?,
                name: owned(account.name),
                arn: account.arn.and_then(|arn| Arn::parse(arn.as_str())),
                state: owned(account.state.or(account.status)),
                path: owned(account.paths.into_iter().flatten().next()),
            })
        },
    )
}

pub(super) fn read_policies(text: &str) -> Result<Listed<ListedPolicy>, Fault> {
    listed(text, "Policies", |page| page.policies.take(), summary)
}

pub(super) fn read_policy(text: &str) -> Result<DescribedPolicy, Fault> {
    let output: DescribePolicy<'_> = only(text)?;
    let detail = output.policy.ok_or_else(|| alien("Policy"))?;
    let summary = detail.policy_summary.and_then(summary).ok_or_else(|| alien("PolicySummary"))?;
    // A tool may have turned the JSON text into a JSON object.
    let content = detail.content.and_then(|raw| Some(json::policy_text(raw)?.into()));
    Ok(DescribedPolicy { summary, content })
}

pub(super) fn read_targets(text: &str) -> Result<Listed<Box<str>>, Fault> {
    listed(text, "Targets", |page| page.targets.take(), |target| owned(target.target_id))
}

pub(super) fn read_features(text: &str) -> Result<Features, Fault> {
    let output: ListFeatures<'_> = only(text)?;
    let enabled = output.enabled_features.ok_or_else(|| alien("EnabledFeatures"))?;
    let enabled = enabled.iter().map(|feature| feature.as_str().into()).collect();
    Ok(Features { organization: owned(output.organization_id), enabled })
}

/// The entries of the list that `member` names, from all pages of the text.
fn listed<'t, D, T>(
    text: &'t str,
    member: &str,
    list: impl Fn(&mut Page<'t>) -> Option<Vec<D>>,
    entry: impl Fn(D) -> Option<T>,
) -> Result<Listed<T>, Fault> {
    let mut pages: Vec<Page<'t>> = json::documents(text)?;
    let cut_short = pages.iter().all(|page| page.next_token.is_some());
    let lists: Vec<Vec<D>> = pages.iter_mut().filter_map(list).collect();
    if lists.is_empty() {
        return Err(alien(member));
    }
    Ok(Listed { entries: lists.into_iter().flatten().filter_map(entry).collect(), cut_short })
}

fn only<'t, T: Deserialize<'t>>(text: &'t str) -> Result<T, Fault> {
    json::documents(text)?.into_iter().next().ok_or_else(|| Fault::new("the file is empty"))
}

fn summary(detail: PolicySummary<'_>) -> Option<ListedPolicy> {
    Some(ListedPolicy {
        id: owned(detail.id)?,
        name: owned(detail.name),
        arn: owned(detail.arn),
        kind: detail.r#type.and_then(|name| OrganizationPolicyKind::of_name(name.as_str())),
    })
}

fn owned(text: Option<Text<'_>>) -> Option<Box<str>> {
    text.map(|text| text.as_str().into())
}

fn alien(member: &str) -> Fault {
    Fault::new(format!("the file has no `{member}`"))
        .hint("save the output of the command that the file is named for")
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct DescribeOrganization<'t> {
    #[serde(borrow)]
    organization: Option<OrganizationDetail<'t>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct OrganizationDetail<'t> {
    #[serde(borrow)]
    id: Option<Text<'t>>,
    master_account_id: Option<Text<'t>>,
    feature_set: Option<Text<'t>>,
}

/// A page of any of the lists, which differ in the name of their member.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Page<'t> {
    #[serde(borrow)]
    roots: Option<Vec<RootDetail<'t>>>,
    organizational_units: Option<Vec<UnitDetail<'t>>>,
    accounts: Option<Vec<AccountDetail<'t>>>,
    policies: Option<Vec<PolicySummary<'t>>>,
    targets: Option<Vec<TargetDetail<'t>>>,
    next_token: Option<&'t RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct RootDetail<'t> {
    #[serde(borrow)]
    id: Option<Text<'t>>,
    name: Option<Text<'t>>,
    arn: Option<Text<'t>>,
    policy_types: Option<Vec<PolicyType<'t>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PolicyType<'t> {
    #[serde(borrow)]
    r#type: Option<Text<'t>>,
    status: Option<Text<'t>>,
}

impl PolicyType<'_> {
    fn enabled(self) -> Option<OrganizationPolicyKind> {
        let kind = OrganizationPolicyKind::of_name(self.r#type?.as_str())?;
        (self.status?.as_str() == "ENABLED").then_some(kind)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct UnitDetail<'t> {
    #[serde(borrow)]
    id: Option<Text<'t>>,
    name: Option<Text<'t>>,
    arn: Option<Text<'t>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct AccountDetail<'t> {
    #[serde(borrow)]
    id: Option<Text<'t>>,
    name: Option<Text<'t>>,
    arn: Option<Text<'t>>,
    status: Option<Text<'t>>,
    state: Option<Text<'t>>,
    paths: Option<Vec<Text<'t>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PolicySummary<'t> {
    #[serde(borrow)]
    id: Option<Text<'t>>,
    name: Option<Text<'t>>,
    arn: Option<Text<'t>>,
    r#type: Option<Text<'t>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct DescribePolicy<'t> {
    #[serde(borrow)]
    policy: Option<PolicyDetail<'t>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PolicyDetail<'t> {
    #[serde(borrow)]
    policy_summary: Option<PolicySummary<'t>>,
    content: Option<&'t RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct TargetDetail<'t> {
    #[serde(borrow)]
    target_id: Option<Text<'t>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ListFeatures<'t> {
    #[serde(borrow)]
    organization_id: Option<Text<'t>>,
    enabled_features: Option<Vec<Text<'t>>>,
}
