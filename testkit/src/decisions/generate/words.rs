//! Who calls, what is called, and on what.

use crate::decisions::Choices;

/// A caller of the generated cases.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Who {
    pub(super) arn: &'static str,
    /// The role with its path, when `arn` is a session's.
    pub(super) role: Option<&'static str>,
    pub(super) issuer: Option<&'static str>,
}

pub(super) fn caller(choices: &mut Choices<'_>) -> Who {
    choices.pick(&CALLERS)
}

pub(super) fn action_and_resource(choices: &mut Choices<'_>) -> (&'static str, &'static str) {
    let action = choices.pick(&ACTIONS);
    let fitting: Vec<&str> = RESOURCES.iter().copied().filter(|resource| fits(action, resource)).collect();
    let resource = if choices.chance(10) { choices.pick(&RESOURCES) } else { choices.pick(&fitting) };
    (action, resource)
}

/// A credential that the caller may have; stated in a third of the cases.
pub(super) fn credential(choices: &mut Choices<'_>, who: &Who) -> Option<String> {
    if !choices.chance(35) {
        return None;
    }
    let possible: &[&str] = if who.arn.contains(":user/") || who.arn.ends_with(":root") {
        &["SessionToken", "LongTermKey", "Console"]
    } else if who.arn.contains(":federated-user/") {
        &["FederationToken", "Console"]
    } else if who.arn.contains("role/") {
        &["RoleSession"]
    } else {
        return None;
    };
    Some(choices.pick(possible).to_owned())
}

/// An action pattern: wild, made from the request's action, or of another action.
pub(super) fn action_pattern(choices: &mut Choices<'_>, action: &str) -> String {
    let (service, name) = action.split_once(':').unwrap_or((action, ""));
    match choices.below(12) {
        0 | 1 => "*".to_owned(),
        2..=4 => action.to_owned(),
        5 => action.to_ascii_uppercase(),
        6 => format!("{service}:*"),
        7 => format!("{service}:{}*", name.get(..3).unwrap_or(name)),
        8 => format!("{service}:?{}", name.get(1..).unwrap_or(name)),
        9 => format!("*:*{}", name.get(2..).unwrap_or(name)),
        10 => choices.pick(&ODD_ACTIONS).to_owned(),
        _ => choices.pick(&ACTIONS).to_owned(),
    }
}

/// A resource pattern: wild, made from the request's resource, with a variable, or of another resource.
pub(super) fn resource_pattern(choices: &mut Choices<'_>, resource: &str) -> String {
    match choices.below(12) {
        0..=2 => "*".to_owned(),
        3 | 4 => resource.to_owned(),
        5 => cut(resource, choices, "*"),
        6 => punched(resource, choices),
        7 => cut(resource, choices, "?*"),
        8 | 9 => choices.pick(&VARIABLE_RESOURCES).to_owned(),
        10 => choices.pick(&ODD_RESOURCES).to_owned(),
        _ => choices.pick(&RESOURCES).to_owned(),
    }
}

/// `text` up to some character, and `tail`.
fn cut(text: &str, choices: &mut Choices<'_>, tail: &str) -> String {
    let at = choices.below(text.len() + 1);
    format!("{}{tail}", text.get(..at).unwrap_or(text))
}

/// `text` with a run of characters replaced by `*` or one by `?`.
fn punched(text: &str, choices: &mut Choices<'_>) -> String {
    let from = choices.below(text.len());
    let to = from + choices.below(text.len() - from);
    let (before, behind) = (text.get(..from).unwrap_or_default(), text.get(to + 1..).unwrap_or_default());
    let wildcard = if from == to { "?" } else { "*" };
    format!("{before}{wildcard}{behind}")
}

/// Whether AWS knows the action on such a resource, roughly.
fn fits(action: &str, resource: &str) -> bool {
    let service = action.split_once(':').map_or(action, |(service, _)| service);
    let on_role = action.starts_with("sts:AssumeRole") || action == "sts:TagSession";
    let of_service = |name: &str| resource.split(':').nth(2) == Some(name);
    match service {
        "sts" if on_role => resource.contains(":role/"),
        "sts" => resource == "*",
        "iam" => of_service("iam"),
        "s3" if action == "s3:ListBucket" => of_service("s3") && !resource.contains('/'),
        "s3" => of_service("s3") && resource.contains('/'),
        service => of_service(service),
    }
}

const CALLERS: [Who; 16] = [
    Who { arn: "arn:aws:iam::111111111111:user/alice", role: None, issuer: None },
    Who { arn: "arn:aws:iam::111111111111:user/alice", role: None, issuer: None },
    Who { arn: "arn:aws:iam::111111111111:user/alice", role: None, issuer: None },
    Who { arn: "arn:aws:iam::111111111111:user/team/bob", role: None, issuer: None },
    Who { arn: "arn:aws:sts::111111111111:assumed-role/admin/s1", role: None, issuer: None },
    Who {
        arn: "arn:aws:sts::111111111111:assumed-role/admin/s1",
        role: Some("arn:aws:iam::111111111111:role/path/admin"),
        issuer: None,
    },
    Who { arn: "arn:aws:iam::111111111111:role/path/admin", role: None, issuer: None },
    Who {
        arn: "arn:aws:sts::111111111111:assumed-role/AWSServiceRoleForX/s1",
        role: Some("arn:aws:iam::111111111111:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX"),
        issuer: None,
    },
    Who { arn: "arn:aws:sts::111111111111:federated-user/alice", role: None, issuer: None },
    Who {
        arn: "arn:aws:sts::111111111111:federated-user/alice",
        role: None,
        issuer: Some("arn:aws:iam::111111111111:user/alice"),
    },
    Who {
        arn: "arn:aws:sts::111111111111:federated-user/alice",
        role: None,
        issuer: Some("arn:aws:iam::111111111111:root"),
    },
    Who { arn: "arn:aws:iam::111111111111:root", role: None, issuer: None },
    Who { arn: "arn:aws:iam::222222222222:user/alice", role: None, issuer: None },
    Who { arn: "arn:aws:sts::222222222222:assumed-role/admin/s1", role: None, issuer: None },
    Who { arn: "lambda.amazonaws.com", role: None, issuer: None },
    Who { arn: "*", role: None, issuer: None },
];

const ACTIONS: [&str; 16] = [
    "s3:GetObject",
    "s3:PutObject",
    "s3:ListBucket",
    "iam:CreateUser",
    "iam:GetUser",
    "kms:Decrypt",
    "sts:AssumeRole",
    "lambda:InvokeFunction",
    "s3:GetObject",
    "sts:GetSessionToken",
    "sts:GetCallerIdentity",
    "sts:GetFederationToken",
    "sts:AssumeRoleWithSAML",
    "sts:TagSession",
    "kms:RetireGrant",
    "sqs:SendMessage",
];

const ODD_ACTIONS: [&str; 6] = ["s3:", "s3:*Object", "sts:*Role*", "*:*", "???:*", "*GetObject"];

const RESOURCES: [&str; 13] = [
    "arn:aws:s3:::bucket/alice/key",
    "arn:aws:s3:::bucket",
    "arn:aws:s3:::bucket/yellow/a:b",
    "arn:aws:iam::111111111111:user/alice",
    "arn:aws:iam::222222222222:user/team/bob",
    "arn:aws:iam::111111111111:role/path/admin",
    "arn:aws:iam::222222222222:role/admin",
    "arn:aws:iam::111111111111:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX",
    "arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    "arn:aws:kms:us-east-1:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    "arn:aws:lambda:us-east-1:111111111111:function:op:7",
    "arn:aws:sqs:us-east-1:222222222222:queue",
    "*",
];

const VARIABLE_RESOURCES: [&str; 10] = [
    "arn:aws:s3:::bucket/${aws:username}/*",
    "arn:aws:iam::*:user/${aws:username}",
    "arn:aws:s3:::bucket/${aws:PrincipalTag/team, 'yellow'}/*",
    "arn:aws:s3:::bucket/${aws:PrincipalTag/team}/a:b",
    "arn:aws:s3:::bucket/${aws:TagKeys}/*",
    "arn:aws:s3:::bucket/${*}",
    "${aws:PrincipalArn}",
    "arn:aws:s3:::${AWS:UserName}/${aws:username",
    "arn:aws:s3:::bucket/alice/k${?}y",
    "arn:aws:iam::${aws:PrincipalAccount}:user/*",
];

const ODD_RESOURCES: [&str; 12] = [
    "arn:aws:s3:::*",
    "arn:aws:s3*",
    "arn:aws:*:key",
    "arn:*:key",
    "arn:aws:iam::*:*/alice",
    "arn:*:iam::?11111111111:user/*",
    "arn:aws:lambda:us-east-1:111111111111:function:*:7",
    "arn:aws:lambda:*:function:op:7",
    "arn:aws:*a:us-east-1:*",
    "arn:aws:s3:::BUCKET/*",
    "bucket",
    "?",
];
