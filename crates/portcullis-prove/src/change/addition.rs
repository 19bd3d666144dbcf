//! A policy more: one that is there and attached to others, or a new one.

use std::collections::BTreeSet;
use std::sync::Arc;

use portcullis_iam::{Attached, Policy, PolicyKind, PolicySet, SourceKind, parse, print};
use portcullis_snapshot::{Group, Known};

use super::Candidate;
use super::edit::short;
use crate::case::Case;
use crate::estate::Who;
use crate::guard;

pub(super) fn candidates(case: &Case<'_>) -> Vec<Candidate> {
    let Who::User(user) = case.who else { return Vec::new() };
    let name = case.arn.resource();
    let groups = case.account.groups.values().filter(|group| {
        user.groups.fact().is_some_and(|own| !own.contains(&group.name)) && asks_by_itself(case, group)
    });
    let groups = groups.take(MOST).map(|group| Candidate {
        title: format!("put {name} into the group {}", group.name),
        document: None,
        policies: with_group(case, group),
    });
    let in_force: BTreeSet<&str> =
        case.policies.identity.policies.iter().map(|attached| &*attached.id).collect();
    let managed = case.account.policies.values().filter(|policy| !in_force.contains(&*policy.arn));
    let managed = managed.filter_map(|policy| Some((&policy.arn, document(&policy.document)?)));
    let managed = managed.filter(|(_, policy)| denies(policy)).take(MOST).map(|(arn, policy)| Candidate {
        title: format!("attach {} to {name}", short(arn)),
        document: None,
        policies: with(case, [(Arc::clone(arn), policy)]),
    });
    groups.chain(managed).chain(new(case)).collect()
}

/// The policy that everybody without MFA should have.
fn new(case: &Case<'_>) -> Option<Candidate> {
    let text = NEW.replace("PARTITION", case.arn.partition());
    let policy = Arc::new(parse::policy(&text, PolicyKind::Identity).policy?);
    let document = print::pretty(&policy);
    Some(Candidate {
        title: format!(
            "attach a policy that denies everything without MFA but enrolment to {}",
            case.arn.resource()
        ),
        document: Some(document),
        policies: with(case, [("RequireMfa".into(), policy)]),
    })
}

/// Whether the group only denies for lack of MFA: whoever is put into it gains nothing.
fn asks_by_itself(case: &Case<'_>, group: &Group) -> bool {
    let policies = of_group(case, group);
    let allows = |policy: &Policy| {
        policy.statements.iter().any(|own| own.effect == portcullis_iam::Effect::Allow && !guard::asks(own))
    };
    policies.iter().any(|(_, policy)| denies(policy))
        && !policies.iter().any(|(_, policy)| allows(policy) && !denies(policy))
}

fn denies(policy: &Policy) -> bool {
    policy.statements.iter().any(guard::denies)
}

fn with_group(case: &Case<'_>, group: &Group) -> PolicySet {
    with(case, of_group(case, group))
}

fn of_group(case: &Case<'_>, group: &Group) -> Vec<(Arc<str>, Arc<Policy>)> {
    let attached = group.grants.attached.iter().filter_map(|attached| {
        let policy = case.account.policies.get(&attached.arn)?;
        Some((Arc::clone(&attached.arn), document(&policy.document)?))
    });
    let inline = group.grants.inline.iter().filter_map(|inline| {
        Some((format!("{}/{}", group.name, inline.name).into(), inline.document.policy.clone()?))
    });
    attached.chain(inline).collect()
}

fn document(document: &Known<Arc<portcullis_snapshot::Document>>) -> Option<Arc<Policy>> {
    document.fact().and_then(|document| document.policy.clone())
}

/// What would be in force with identity policies more.
fn with(case: &Case<'_>, added: impl IntoIterator<Item = (Arc<str>, Arc<Policy>)>) -> PolicySet {
    let mut policies = PolicySet::clone(&case.policies);
    let added =
        added.into_iter().map(|(id, policy)| Attached { id, source: SourceKind::CustomerManaged, policy });
    policies.identity.policies.extend(added);
    policies
}

/// How many groups and policies are tried.
const MOST: usize = 6;

const NEW: &str = r#"{"Version":"2012-10-17","Statement":[
{"Sid":"DenyAllButEnrolmentWithoutMfa","Effect":"Deny","NotAction":["iam:CreateVirtualMFADevice","iam:EnableMFADevice","iam:GetMFADevice","iam:GetUser","iam:ListMFADevices","iam:ListVirtualMFADevices","iam:ResyncMFADevice","sts:GetSessionToken"],"Resource":"*","Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}},
{"Sid":"DenyEnrolmentOfOthersWithoutMfa","Effect":"Deny","Action":["iam:EnableMFADevice","iam:GetMFADevice","iam:GetUser","iam:ListMFADevices","iam:ResyncMFADevice"],"NotResource":["arn:PARTITION:iam::*:user/${aws:username}","arn:PARTITION:iam::*:user/*/${aws:username}"],"Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}}]}"#;
