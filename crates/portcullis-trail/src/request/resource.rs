//! What a call was made on, as far as its record tells.

use std::collections::BTreeSet;

use portcullis_iam::catalog::{ActionInfo, catalog};
use portcullis_iam::{Action, pattern};
use serde::Deserialize;

use crate::record::Record;

/// The resource of the call that needed `action`: an ARN; `*` where the action is limited to no resource; or, of IAM, the
/// kind and name of what is in the caller's account, such as `user/alice`, as records leave out paths. None where the
/// record does not tell.
pub fn resource(record: &Record<'_>, action: &Action) -> Option<String> {
    let info = catalog().action(action)?;
    if info.resources.is_empty() {
        return Some("*".into());
    }
    listed(record, info).or_else(|| by_parameters(record, action, info))
}

/// One of `resources`.
#[derive(Deserialize)]
struct Listed {
    #[serde(alias = "arn", rename = "ARN", default)]
    arn: Option<String>,
}

/// The one ARN in `resources` that is of a type which the action can be limited to.
fn listed(record: &Record<'_>, info: &ActionInfo) -> Option<String> {
    let listed: Vec<Listed> = serde_json::from_str(record.resources?).ok()?;
    let templates = templates(info);
    let is_of_type = |arn: &String| templates.iter().any(|template| pattern::matches_text(template, arn));
    let found: BTreeSet<String> = listed.into_iter().filter_map(|own| own.arn).filter(is_of_type).collect();
    match found.len() {
        1 => found.into_iter().next(),
        _ => None,
    }
}

/// The ARNs of the action's resource types, as patterns.
fn templates(info: &ActionInfo) -> Vec<String> {
    let service = catalog().service(info.service);
    let types = info.resources.iter().filter_map(|own| service?.resource_type(own.resource_type));
    types.map(|own| as_pattern(own.arn)).collect()
}

/// `arn:${Partition}:s3:::${BucketName}` as `arn:*:s3:::*`.
fn as_pattern(template: &str) -> String {
    let mut pattern = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("${") {
        pattern.push_str(before);
        pattern.push('*');
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    pattern.push_str(rest);
    pattern
}

/// What the parameters name, where AWS documents which of them is the resource.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Parameters {
    user_name: Option<String>,
    role_name: Option<String>,
    group_name: Option<String>,
    policy_arn: Option<String>,
    role_arn: Option<String>,
    #[serde(rename = "virtualMFADeviceName")]
    device_name: Option<String>,
    serial_number: Option<String>,
    path: Option<String>,
    bucket_name: Option<String>,
    key: Option<String>,
}

fn by_parameters(record: &Record<'_>, action: &Action, info: &ActionInfo) -> Option<String> {
    let given: Parameters = match record.parameters {
        Some(json) => serde_json::from_str(json).ok()?,
        None => Parameters::default(),
    };
    let of = |kind: &str| info.resources.iter().any(|own| own.resource_type.eq_ignore_ascii_case(kind));
    match action.service() {
        "iam" if of("mfa") => device(record, &given),
        "iam" if of("user") => user(record, &given),
        "iam" if of("role") => given.role_name.map(|name| format!("role/{name}")),
        "iam" if of("group") => given.group_name.map(|name| format!("group/{name}")),
        "iam" if of("policy") => given.policy_arn,
        "sts" if of("role") => given.role_arn,
        "s3" if of("object") => Some(format!("arn:aws:s3:::{}/{}", given.bucket_name?, given.key?)),
        "s3" if of("bucket") => given.bucket_name.map(|name| format!("arn:aws:s3:::{name}")),
        _ => None,
    }
}

/// The user that is named; the caller, where calls without a name are about the caller.
fn user(record: &Record<'_>, given: &Parameters) -> Option<String> {
    let own = record.identity.arn.as_deref().filter(|arn| arn.contains(":user/"));
    let own_name = own.and_then(|arn| arn.rsplit('/').next());
    match &given.user_name {
        Some(name) if own_name == Some(name) => own.map(str::to_owned),
        Some(name) => Some(format!("user/{name}")),
        None => own.map(str::to_owned),
    }
}

/// The device that is named, or made.
fn device(record: &Record<'_>, given: &Parameters) -> Option<String> {
    if let Some(serial) = &given.serial_number {
        return Some(serial.clone());
    }
    let name = given.device_name.as_ref()?;
    let path = given.path.as_deref().unwrap_or("/");
    let account = record.identity.account.as_deref()?;
    let partition = record.identity.arn.as_deref().and_then(|arn| arn.split(':').nth(1)).unwrap_or("aws");
    Some(format!("arn:{partition}:iam::{account}:mfa{path}{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::checked;

    fn told(action: &str, members: &str) -> Option<String> {
        let json = format!(
            r#"{{"userIdentity":{{"type":"IAMUser","accountId":"111111111111","arn":"arn:aws:iam::111111111111:user/team/alice"}},{members}}}"#
        );
        resource(&checked(&json).unwrap(), &Action::parse(action).unwrap())
    }

    #[test]
    fn resources_are_read_from_the_list_and_from_parameters() {
        let own = "arn:aws:iam::111111111111:user/team/alice";
        let bucket_and_object = r#""resources":[{"type":"AWS::S3::Object","ARN":"arn:aws:s3:::b/k"},{"accountId":"1","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::b"}]"#;
        for (action, members, expected) in [
            ("s3:GetObject", bucket_and_object, Some("arn:aws:s3:::b/k")),
            ("s3:ListAllMyBuckets", r#""requestParameters":null"#, Some("*")),
            ("s3:PutObject", r#""requestParameters":{"bucketName":"b","key":"k"}"#, Some("arn:aws:s3:::b/k")),
            ("iam:GetUser", r#""requestParameters":null"#, Some(own)),
            ("iam:GetUser", r#""requestParameters":{"userName":"alice"}"#, Some(own)),
            ("iam:GetUser", r#""requestParameters":{"userName":"bob"}"#, Some("user/bob")),
            ("iam:GetRole", r#""requestParameters":{"roleName":"r"}"#, Some("role/r")),
            (
                "iam:CreateVirtualMFADevice",
                r#""requestParameters":{"virtualMFADeviceName":"alice"}"#,
                Some("arn:aws:iam::111111111111:mfa/alice"),
            ),
            (
                "iam:CreateVirtualMFADevice",
                r#""requestParameters":{"virtualMFADeviceName":"a","path":"/x/"}"#,
                Some("arn:aws:iam::111111111111:mfa/x/a"),
            ),
            (
                "sts:AssumeRole",
                r#""requestParameters":{"roleArn":"arn:aws:iam::111111111111:role/r"}"#,
                Some("arn:aws:iam::111111111111:role/r"),
            ),
            (
                "kms:Decrypt",
                r#""resources":[{"ARN":"arn:aws:kms:us-east-1:111111111111:key/a"}]"#,
                Some("arn:aws:kms:us-east-1:111111111111:key/a"),
            ),
            ("kms:Decrypt", r#""resources":[]"#, None),
            ("ec2:RunInstances", r#""requestParameters":{}"#, None),
        ] {
            assert_eq!(told(action, members).as_deref(), expected, "{action} {members}");
        }
    }
}
