//! Who is exempt from a guardrail, and how others could become it.

use std::collections::BTreeSet;

use portcullis_guardrail::{BreakGlassMfa, Principal};
use portcullis_iam::condition::{Condition, Family};
use portcullis_iam::{PolicySet, Statement};
use portcullis_snapshot::Account;

use crate::area::Area;
use crate::documents;
use crate::estate::Estate;
use crate::facts::{Domain, Facts};
use crate::guard;

/// A way to pass as somebody who is exempt.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    /// Whom, in words.
    pub(crate) whom: Box<str>,
    /// The calls that do it.
    pub(crate) areas: Vec<Area>,
    /// A tag that the call must set.
    tag: Option<(Box<str>, Box<str>)>,
}

impl Way {
    /// The facts of requests that take this way.
    pub(crate) fn facts(&self, facts: &Facts) -> Facts {
        match &self.tag {
            None => facts.clone(),
            Some((key, value)) => facts
                .clone()
                .with(&format!("aws:RequestTag/{key}"), Domain::One(value.clone()))
                .with("aws:TagKeys", Domain::Many(vec![key.clone()])),
        }
    }
}

/// Every way to pass as a declared principal that is exempt, or as one that the principal's own guardrails spare.
pub(crate) fn ways(estate: &Estate<'_>, account: &Account, policies: &PolicySet) -> Vec<Way> {
    patterns(estate, account, policies).into_iter().filter_map(by_name).chain(by_tag(policies)).collect()
}

/// The patterns of the ARNs of those who are exempt.
pub(crate) fn patterns(estate: &Estate<'_>, account: &Account, policies: &PolicySet) -> BTreeSet<String> {
    let declared = estate.intent.break_glass.iter().filter(|own| {
        own.mfa == BreakGlassMfa::Exempt && own.principal.account().is_none_or(|id| id == account.id)
    });
    let names = declared.flat_map(|own| match &own.principal {
        Principal::Arn(arn) => vec![arn.to_string()],
        Principal::User { account: id, name } => {
            let start = format!("arn:{}:iam::{id}:user/", account.partition);
            vec![format!("{start}{name}"), format!("{start}*/{name}")]
        }
    });
    names.chain(spared(policies)).collect()
}

/// The ways to pass as a principal with such an ARN.
fn by_name(pattern: String) -> Option<Way> {
    let actions: &[&str] = if pattern.contains(":user/") {
        &ON_A_USER
    } else if pattern.contains(":role/") {
        &ON_A_ROLE
    } else {
        return None;
    };
    let areas = vec![Area::of_actions(actions.iter().copied()).on([pattern.as_str()])];
    Some(Way { whom: pattern.into(), areas, tag: None })
}

/// The ways to carry a tag that exempts.
fn by_tag(policies: &PolicySet) -> Vec<Way> {
    let mut ways = Vec::new();
    for condition in conditions(policies).filter(|condition| condition.key.as_str().starts_with(TAG)) {
        let Some(key) = condition.key.as_str().strip_prefix(TAG) else { continue };
        for value in &condition.values {
            let value: Box<str> = value.value.replace(['*', '?'], "x").into();
            ways.push(Way {
                whom: format!("somebody with the tag {key} = {value}").into(),
                areas: vec![Area::of_actions(["iam:TagUser", "iam:CreateUser"])],
                tag: Some((key.into(), value)),
            });
        }
    }
    ways
}

/// The ARNs that the guardrails among the policies spare.
fn spared(policies: &PolicySet) -> BTreeSet<String> {
    let own = conditions(policies).filter(|condition| condition.key.as_str() == "aws:principalarn");
    own.flat_map(|condition| condition.values.iter().map(|value| value.value.to_string())).collect()
}

/// The conditions of guardrails that spare who matches them.
fn conditions(policies: &PolicySet) -> impl Iterator<Item = &Condition> {
    let guards = documents::statements(policies).filter(|(_, statement)| guard::denies(statement));
    guards.flat_map(|(_, statement): (_, &Statement)| &statement.conditions).filter(|condition| {
        let test = condition.operator.value.test;
        test.is_negated() && matches!(test.family(), Family::String | Family::Arn)
    })
}

/// Make such a user, rename one to it, or get a credential of it. Authorized on the user; a renaming on both names.
const ON_A_USER: [&str; 10] = [
    "iam:CreateAccessKey",
    "iam:CreateLoginProfile",
    "iam:CreateServiceSpecificCredential",
    "iam:CreateUser",
    "iam:ResetServiceSpecificCredential",
    "iam:UpdateAccessKey",
    "iam:UpdateLoginProfile",
    "iam:UpdateUser",
    "iam:UploadSSHPublicKey",
    "iam:UploadSigningCertificate",
];

/// Make such a role, or get a session of it.
const ON_A_ROLE: [&str; 3] = ["iam:CreateRole", "iam:UpdateAssumeRolePolicy", "sts:AssumeRole"];

const TAG: &str = "aws:principaltag/";
