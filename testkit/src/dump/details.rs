//! `aws iam get-account-authorization-details`.

use super::id::{time, unique};
use super::json::{Json, list, object, text, with};
use crate::organization::{Account, Attachment, Group, Inline, ManagedPolicy, Role, User};

/// The users, groups, roles and managed policies of the account.
pub(super) fn details(account: &Account) -> Json {
    object([
        ("UserDetailList", list(account.users.iter().map(|user| self::user(account, user)))),
        ("GroupDetailList", list(account.groups.iter().map(|group| self::group(account, group)))),
        ("RoleDetailList", list(account.roles.iter().map(|role| self::role(account, role)))),
        ("Policies", list(account.policies.iter().map(|policy| managed(account, policy)))),
    ])
}

/// The ARN of a user, group or role.
pub(super) fn arn(account: &Account, kind: &str, path: &str, name: &str) -> String {
    format!("arn:aws:iam::{}:{kind}{path}{name}", account.id)
}

/// The members with which every list of users begins.
pub(super) fn user_head(account: &Account, user: &User) -> Json {
    object([
        ("Path", text(&user.path)),
        ("UserName", text(&user.name)),
        ("UserId", text(unique("AIDA", &account.id, &user.name))),
        ("Arn", text(arn(account, "user", &user.path, &user.name))),
        ("CreateDate", text(time(user.created))),
    ])
}

fn user(account: &Account, user: &User) -> Json {
    let boundary = user.boundary.as_ref().map(|arn| self::boundary(arn));
    let embedded = (!user.inline.is_empty()).then(|| inline(&user.inline));
    let value = with(user_head(account, user), "UserPolicyList", embedded);
    let value = with(value, "GroupList", Some(list(user.groups.iter().map(text))));
    let value = with(value, "AttachedManagedPolicies", Some(attached(&user.attached)));
    let value = with(value, "PermissionsBoundary", boundary);
    with(value, "Tags", Some(tags(&user.tags)))
}

fn group(account: &Account, group: &Group) -> Json {
    object([
        ("Path", text("/")),
        ("GroupName", text(&group.name)),
        ("GroupId", text(unique("AGPA", &account.id, &group.name))),
        ("Arn", text(arn(account, "group", "/", &group.name))),
        ("CreateDate", text(time(group.created))),
        ("GroupPolicyList", inline(&group.inline)),
        ("AttachedManagedPolicies", attached(&group.attached)),
    ])
}

fn role(account: &Account, role: &Role) -> Json {
    let value = object([
        ("Path", text(&role.path)),
        ("RoleName", text(&role.name)),
        ("RoleId", text(unique("AROA", &account.id, &role.name))),
        ("Arn", text(arn(account, "role", &role.path, &role.name))),
        ("CreateDate", text(time(role.created))),
        ("AssumeRolePolicyDocument", Json::Raw(role.trust.clone())),
        ("InstanceProfileList", list([])),
        ("RolePolicyList", inline(&role.inline)),
        ("AttachedManagedPolicies", attached(&role.attached)),
    ]);
    let value = with(value, "PermissionsBoundary", role.boundary.as_ref().map(|arn| boundary(arn)));
    let value = with(value, "Tags", Some(tags(&[])));
    with(value, "RoleLastUsed", Some(last_used(role)))
}

fn last_used(role: &Role) -> Json {
    match &role.used {
        Some((at, region)) => object([("LastUsedDate", text(time(*at))), ("Region", text(region))]),
        None => object([]),
    }
}

fn managed(account: &Account, policy: &ManagedPolicy) -> Json {
    let name = policy.arn.rsplit('/').next().unwrap_or_default();
    let created = text(time(policy.created));
    let version = object([
        ("Document", Json::Raw(policy.document.clone())),
        ("VersionId", text(&policy.version)),
        ("IsDefaultVersion", Json::Flag(true)),
        ("CreateDate", text(time(policy.created))),
    ]);
    object([
        ("PolicyName", text(name)),
        ("PolicyId", text(unique("ANPA", "", &policy.arn))),
        ("Arn", text(&policy.arn)),
        ("Path", text(policy.path())),
        ("DefaultVersionId", text(&policy.version)),
        ("AttachmentCount", Json::Number(attachments(account, &policy.arn))),
        ("PermissionsBoundaryUsageCount", Json::Number(boundaries(account, &policy.arn))),
        ("IsAttachable", Json::Flag(true)),
        ("CreateDate", created),
        ("UpdateDate", text(time(policy.created))),
        ("PolicyVersionList", list([version])),
    ])
}

fn attachments(account: &Account, arn: &str) -> i64 {
    let users = account.users.iter().map(|user| &user.attached);
    let groups = account.groups.iter().map(|group| &group.attached);
    let roles = account.roles.iter().map(|role| &role.attached);
    let lists = users.chain(groups).chain(roles);
    count(lists.flatten().filter(|attachment| attachment.arn == arn))
}

fn boundaries(account: &Account, arn: &str) -> i64 {
    let users = account.users.iter().filter_map(|user| user.boundary.as_deref());
    let roles = account.roles.iter().filter_map(|role| role.boundary.as_deref());
    count(users.chain(roles).filter(|boundary| *boundary == arn))
}

fn count<T>(items: impl Iterator<Item = T>) -> i64 {
    items.map(|_| 1).sum()
}

fn attached(attachments: &[Attachment]) -> Json {
    list(attachments.iter().map(|attachment| {
        object([("PolicyName", text(&attachment.name)), ("PolicyArn", text(&attachment.arn))])
    }))
}

fn inline(policies: &[Inline]) -> Json {
    list(policies.iter().map(|policy| {
        object([("PolicyName", text(&policy.name)), ("PolicyDocument", Json::Raw(policy.document.clone()))])
    }))
}

fn boundary(arn: &str) -> Json {
    object([("PermissionsBoundaryType", text("Policy")), ("PermissionsBoundaryArn", text(arn))])
}

fn tags(tags: &[(String, String)]) -> Json {
    list(tags.iter().map(|(key, value)| object([("Key", text(key)), ("Value", text(value))])))
}
