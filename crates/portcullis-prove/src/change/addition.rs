//! A policy more: one that is there and attached to others, or a new one.

use std::collections::BTreeSet;
use std::sync::Arc;

use portcullis_iam::{Attached, Policy, PolicyKind, SourceKind, parse, print};
use portcullis_snapshot::{Group, Known};

use super::candidate::{Candidate, WHOM};
use crate::case::Case;
use crate::guard;
use crate::words::short;
use portcullis_snapshot::Who;

pub(super) fn candidates(case: &Case<'_>) -> Vec<Candidate> {
    let Who::User(user) = case.who else { return Vec::new() };
    let groups = case.account.groups.values().filter(|group| {
        user.groups.fact().is_some_and(|own| !own.contains(&group.name)) && asks_by_itself(case, group)
    });
    let groups = groups.take(MOST).map(|group| Candidate {
        title: format!("put {WHOM} into the group {}, which has {}", group.name, asking(case, group)),
        document: None,
        edits: Vec::new(),
        added: attached(of_group(case, group)),
    });
    let in_force: BTreeSet<&str> =
        case.policies.identity.policies.iter().map(|attached| &*attached.id).collect();
    let managed = case.account.policies.values().filter(|policy| !in_force.contains(&*policy.arn));
    let managed = managed.filter_map(|policy| Some((&policy.arn, document(&policy.document)?)));
    let managed = managed.filter(|(_, policy)| denies(policy)).take(MOST).map(|(arn, policy)| Candidate {
        title: format!("attach {} to {WHOM}", short(arn)),
        document: None,
        edits: Vec::new(),
        added: attached([(Arc::clone(arn), policy)]),
    });
    groups.chain(managed).chain(new(case)).collect()
}

/// The policy that everybody without MFA should have, and the same for those who must change their password first.
fn new(case: &Case<'_>) -> Vec<Candidate> {
    let with_password = NEW.replace("[\"iam:CreateV", "[\"iam:ChangePassword\",\"iam:CreateV");
    let with_password = with_password.replace("[\"iam:EnableM", "[\"iam:ChangePassword\",\"iam:EnableM");
    let both = [(NEW, "enrolment"), (&with_password, "enrolment and the change of the own password")];
    both.into_iter().filter_map(|(text, spared)| one(case, text, spared)).collect()
}

fn one(case: &Case<'_>, text: &str, spared: &str) -> Option<Candidate> {
    let text = text.replace("PARTITION", case.arn.partition());
    let policy = Arc::new(parse::policy(&text, PolicyKind::Identity).policy?);
    Some(Candidate {
        title: format!("attach to {WHOM} a policy that denies everything without MFA but {spared}"),
        document: Some(print::pretty(&policy)),
        edits: Vec::new(),
        added: attached([("RequireMfa".into(), policy)]),
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

/// The policies of the group that deny for lack of MFA, by name.
fn asking(case: &Case<'_>, group: &Group) -> String {
    let policies = of_group(case, group);
    let names = policies.iter().filter(|(_, policy)| denies(policy)).map(|(id, _)| last(id).to_owned());
    names.collect::<Vec<_>>().join(" and ")
}

/// The last part of an ARN, or of the name of an inline policy.
fn last(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or(id)
}

fn denies(policy: &Policy) -> bool {
    policy.statements.iter().any(guard::denies)
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

fn attached(policies: impl IntoIterator<Item = (Arc<str>, Arc<Policy>)>) -> Vec<Attached> {
    let attached = |(id, policy)| Attached { id, source: SourceKind::CustomerManaged, policy };
    policies.into_iter().map(attached).collect()
}

/// How many groups and policies are tried.
const MOST: usize = 6;

const NEW: &str = r#"{"Version":"2012-10-17","Statement":[
{"Sid":"DenyAllButEnrolmentWithoutMfa","Effect":"Deny","NotAction":["iam:CreateVirtualMFADevice","iam:EnableMFADevice","iam:GetMFADevice","iam:GetUser","iam:ListMFADevices","iam:ListVirtualMFADevices","iam:ResyncMFADevice","sts:GetSessionToken"],"Resource":"*","Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}},
{"Sid":"DenyEnrolmentOfOthersWithoutMfa","Effect":"Deny","Action":["iam:EnableMFADevice","iam:GetMFADevice","iam:GetUser","iam:ListMFADevices","iam:ResyncMFADevice"],"NotResource":["arn:PARTITION:iam::*:user/${aws:username}","arn:PARTITION:iam::*:user/*/${aws:username}"],"Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}}]}"#;
