//! What asks for MFA in a policy, whom it spares, and to whom it is attached.

use std::collections::BTreeSet;

use portcullis_iam::condition::{Condition, Family, Matcher};
use portcullis_iam::{Context, Effect, Policy, Statement, Truth};
use portcullis_snapshot::{Account, Grants, Known, Missing, User};

use crate::reading::Profile;

/// The statements that deny for lack of MFA.
pub(crate) fn guards(policy: &Policy) -> impl Iterator<Item = &Statement> {
    policy.statements.iter().filter(|statement| {
        let profile = || Profile::of(statement, policy.version, &Context::default());
        statement.effect == Effect::Deny && profile().is_some_and(Profile::asks_by_deny)
    })
}

/// The conditions of those statements that spare users by who they are.
pub(crate) fn exemptions(policy: &Policy) -> Vec<&Condition> {
    let conditions = guards(policy).flat_map(|statement| &statement.conditions);
    conditions.filter(|condition| spares_users(condition)).collect()
}

fn spares_users(condition: &Condition) -> bool {
    let test = condition.operator.value.test;
    let key = condition.key.as_str();
    let by_identity = matches!(key, ARN | "aws:username" | "aws:userid") || key.starts_with(TAG);
    by_identity
        && test.is_negated()
        && matches!(test.family(), Family::String | Family::Arn)
        && condition.values.iter().any(|value| may_be_user(key, &value.value))
}

/// Whether a value can stand for an IAM user: one for roles or federated sessions says whom the guardrail is for.
pub(crate) fn may_be_user(key: &str, value: &str) -> bool {
    if key != ARN {
        return true;
    }
    match value.splitn(6, ':').nth(5) {
        Some(resource) => {
            let kind = resource.split('/').next().unwrap_or_default();
            kind == "user" || kind.contains(['*', '?'])
        }
        None => true,
    }
}

/// Whether the condition spares the user.
pub(crate) fn spares(condition: &Condition, policy: &Policy, user: &User) -> bool {
    let mut context =
        Context::default().with("aws:PrincipalArn", user.arn.as_str()).with("aws:username", &user.name);
    if let Known::Fact(id) = &user.id {
        context = context.with("aws:userid", id);
    }
    for tag in user.tags.fact().into_iter().flatten() {
        context = context.with(&format!("{TAG}{}", tag.key), &tag.value);
    }
    Matcher::new(condition, policy.version).holds(&context) == Truth::False
}

/// Where the managed policies of an account are attached.
#[derive(Debug, Default)]
pub(crate) struct Attachments<'s> {
    /// To a user, a role, or a group with members.
    pub(crate) somebody: BTreeSet<&'s str>,
    /// To a group without members.
    pub(crate) empty_groups: BTreeSet<&'s str>,
    /// What hides that there are more.
    pub(crate) hidden: Option<Missing>,
}

impl<'s> Attachments<'s> {
    /// The attachments of `account`.
    pub(crate) fn of(account: &'s Account) -> Self {
        let mut own = Self { hidden: account.all_details.missing(), ..Self::default() };
        let mut members: BTreeSet<&str> = BTreeSet::new();
        for user in account.users.values() {
            match (&user.groups, &user.grants) {
                (Known::Fact(groups), Known::Fact(grants)) => {
                    members.extend(groups.iter().map(|group| &**group));
                    own.somebody.extend(attached(grants));
                }
                (Known::Unknown(missing), _) | (_, Known::Unknown(missing)) => own.hidden = Some(*missing),
            }
        }
        own.somebody.extend(account.roles.values().flat_map(|role| attached(&role.grants)));
        for group in account.groups.values() {
            match members.contains(&*group.name) {
                true => own.somebody.extend(attached(&group.grants)),
                false => own.empty_groups.extend(attached(&group.grants)),
            }
        }
        own
    }
}

/// The managed policies of a user, group or role, its boundary among them.
pub(crate) fn attached(grants: &Grants) -> impl Iterator<Item = &str> {
    grants.attached.iter().map(|attached| &*attached.arn).chain(grants.boundary.as_deref())
}

const ARN: &str = "aws:principalarn";
const TAG: &str = "aws:principaltag/";
