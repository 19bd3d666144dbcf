//! `aws iam get-account-summary` and `get-account-password-policy`.

use super::json::{Json, file, object, with};
use crate::organization::{Account, DeviceKind, PasswordPolicy, RootDevice};

/// What the account counts, with the quotas that AWS sets.
pub(super) fn summary(account: &Account) -> Json {
    let root = &account.root;
    let own = account.policies.iter().filter(|policy| !policy.arn.starts_with("arn:aws:iam::aws:")).count();
    let in_use = account.devices().count() + root.devices.len();
    object([(
        "SummaryMap",
        object([
            ("GroupPolicySizeQuota", Json::Number(5120)),
            ("InstanceProfilesQuota", Json::Number(1000)),
            ("Policies", number(own)),
            ("GroupsPerUserQuota", Json::Number(10)),
            ("InstanceProfiles", Json::Number(0)),
            ("AttachedPoliciesPerUserQuota", Json::Number(10)),
            ("Users", number(account.users.len())),
            ("PoliciesQuota", Json::Number(1500)),
            ("Providers", Json::Number(1)),
            ("AccountMFAEnabled", switch(!root.devices.is_empty())),
            ("AccessKeysPerUserQuota", Json::Number(2)),
            ("AssumeRolePolicySizeQuota", Json::Number(2048)),
            ("PolicyVersionsInUseQuota", Json::Number(10000)),
            ("GlobalEndpointTokenVersion", Json::Number(1)),
            ("VersionsPerPolicyQuota", Json::Number(5)),
            ("AttachedPoliciesPerGroupQuota", Json::Number(10)),
            ("PolicySizeQuota", Json::Number(6144)),
            ("Groups", number(account.groups.len())),
            ("AccountSigningCertificatesPresent", Json::Number(0)),
            ("UsersQuota", Json::Number(5000)),
            ("ServerCertificatesQuota", Json::Number(20)),
            ("MFADevices", number(virtual_devices(account))),
            ("UserPolicySizeQuota", Json::Number(2048)),
            ("PolicyVersionsInUse", number(account.policies.len())),
            ("ServerCertificates", Json::Number(0)),
            ("Roles", number(account.roles.len())),
            ("RolesQuota", Json::Number(1000)),
            ("SigningCertificatesPerUserQuota", Json::Number(2)),
            ("MFADevicesInUse", number(in_use)),
            ("RolePolicySizeQuota", Json::Number(10240)),
            ("AttachedPoliciesPerRoleQuota", Json::Number(20)),
            ("AccountAccessKeysPresent", switch(!root.keys.is_empty())),
            ("AccountPasswordPresent", switch(root.password)),
            ("GroupsQuota", Json::Number(300)),
        ]),
    )])
}

/// The password policy; without one, what the AWS CLI says instead.
pub(super) fn password_policy(account: &Account) -> Vec<u8> {
    match &account.password_policy {
        Some(policy) => file(&object([("PasswordPolicy", rules(policy))])),
        None => format!(
            "\nAn error occurred (NoSuchEntity) when calling the GetAccountPasswordPolicy operation: \
             The Password Policy with domain name {} cannot be found.\n",
            account.id
        )
        .into_bytes(),
    }
}

fn rules(policy: &PasswordPolicy) -> Json {
    let value = object([
        ("MinimumPasswordLength", Json::Number(i64::from(policy.length))),
        ("RequireSymbols", Json::Flag(policy.classes)),
        ("RequireNumbers", Json::Flag(policy.classes)),
        ("RequireUppercaseCharacters", Json::Flag(policy.classes)),
        ("RequireLowercaseCharacters", Json::Flag(policy.classes)),
        ("AllowUsersToChangePassword", Json::Flag(true)),
        ("ExpirePasswords", Json::Flag(policy.max_age.is_some())),
    ]);
    let value = with(value, "MaxPasswordAge", policy.max_age.map(|days| Json::Number(i64::from(days))));
    with(value, "PasswordReusePrevention", policy.reuse.map(|count| Json::Number(i64::from(count))))
}

fn virtual_devices(account: &Account) -> usize {
    let of_users =
        account.devices().filter(|(_, device)| matches!(device.kind, DeviceKind::Virtual(_))).count();
    let of_root =
        account.root.devices.iter().filter(|device| matches!(device, RootDevice::Virtual(_))).count();
    of_users + of_root + account.unassigned_devices.len()
}

fn number(count: usize) -> Json {
    Json::Number(i64::try_from(count).unwrap_or(i64::MAX))
}

fn switch(on: bool) -> Json {
    Json::Number(i64::from(on))
}
