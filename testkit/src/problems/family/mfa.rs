//! Policies that mean to enforce MFA, right and wrong, beside full access.

use portcullis_prove::Area;
use serde_json::{Map, Value, json};

use super::super::{Problem, facts};
use super::{ALICE, document, some, user};
use crate::decisions::Choices;
use crate::decisions::case::ServiceControlLevel;

pub(super) fn problem(choices: &mut Choices<'_>) -> Problem {
    let everything = document(&[json!({"Effect": "Allow", "Action": "*", "Resource": "*"})]);
    let guard = document(&some(choices, (1, 4), statement));
    let mut case = user(vec![everything.clone()]);
    match choices.below(6) {
        0..=2 => case.request.policy_input_list.push(guard),
        3 => case.request.policy_input_list = vec![guard],
        4 => case.request.permissions_boundary_policy_input_list = vec![everything, guard],
        _ => {
            let level = ServiceControlLevel { service_control_policy_input_list: vec![everything, guard] };
            case.request.ordered_organization_policy_input_list = vec![level];
        }
    }
    case.facts.credential = Some(choices.pick(&["LongTermKey", "Console", "SessionToken"]).to_owned());
    let spared = if choices.chance(70) {
        vec![Area::of_actions(EXEMPT), Area::of_actions(["sts:GetSessionToken", "sts:GetCallerIdentity"])]
    } else {
        Vec::new()
    };
    Problem { case, refused: None, facts: facts::of_caller(choices, ALICE), only: Vec::new(), spared }
}

fn statement(choices: &mut Choices<'_>) -> Value {
    let mut statement = Map::new();
    let effect = if choices.chance(75) { "Deny" } else { "Allow" };
    statement.insert("Effect".into(), json!(effect));
    let (element, actions): (&str, Value) = match choices.below(8) {
        0 | 1 => ("NotAction", json!(EXEMPT)),
        2 => {
            ("NotAction", json!([EXEMPT.as_slice(), &["sts:GetSessionToken", "iam:ChangePassword"]].concat()))
        }
        3 => ("NotAction", json!(["iam:*MFA*", "iam:Get*", "iam:List*", "sts:*"])),
        4 | 5 => ("Action", json!("*")),
        6 => ("Action", json!(["iam:*", "s3:*", "ec2:*"])),
        _ => ("Action", json!(["iam:Create*", "s3:Delete*", "s3:?etObject", "ec2:TerminateInstances"])),
    };
    statement.insert(element.into(), actions);
    let (element, resources): (&str, Value) = match choices.below(8) {
        0..=4 => ("Resource", json!("*")),
        5 => ("NotResource", json!("arn:aws:iam::*:user/${aws:username}")),
        6 => ("NotResource", json!(["arn:aws:iam::*:mfa/*", "arn:aws:iam::*:user/${aws:username}"])),
        _ => ("Resource", json!(["arn:aws:s3:::*", "arn:aws:iam::111111111111:*", "arn:aws:ec2:*"])),
    };
    statement.insert(element.into(), resources);
    if choices.chance(85) {
        statement.insert("Condition".into(), condition(choices));
    }
    Value::Object(statement)
}

fn condition(choices: &mut Choices<'_>) -> Value {
    let mut block = match choices.below(8) {
        0..=2 => json!({"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}),
        3 => json!({"Bool": {"aws:MultiFactorAuthPresent": "false"}}),
        4 => json!({"Bool": {"aws:MultiFactorAuthPresent": "true"}}),
        5 => json!({"Null": {"aws:MultiFactorAuthPresent": "true"}}),
        6 => json!({"NumericGreaterThanIfExists": {"aws:MultiFactorAuthAge": "3600"}}),
        _ => json!({"Null": {"aws:MultiFactorAuthAge": true}}),
    };
    let further: &[(&str, Value)] = &[
        (
            "StringNotLike",
            json!({"aws:PrincipalArn": ["arn:aws:iam::*:role/*", "arn:aws:iam::*:user/break*"]}),
        ),
        ("ArnNotLike", json!({"aws:PrincipalArn": "arn:aws:iam::*:user/alice"})),
        ("Bool", json!({"aws:ViaAWSService": "false"})),
        ("BoolIfExists", json!({"aws:ViaAWSService": "false"})),
        ("NotIpAddress", json!({"aws:SourceIp": ["10.0.0.0/8", "2001:db8::/32"]})),
        ("ForAllValues:StringNotEquals", json!({"aws:CalledVia": "athena.amazonaws.com"})),
        ("ForAnyValue:StringLike", json!({"aws:CalledVia": "*.amazonaws.com"})),
        ("StringNotEqualsIfExists", json!({"aws:PrincipalTag/team": "yellow"})),
        ("DateLessThan", json!({"aws:CurrentTime": "2027-01-01T00:00:00Z"})),
    ];
    if choices.chance(45)
        && let Some((operator, tests)) = further.get(choices.below(further.len()))
        && let Some(block) = block.as_object_mut()
    {
        block.entry(*operator).or_insert_with(|| tests.clone());
    }
    block
}

const EXEMPT: [&str; 5] = [
    "iam:CreateVirtualMFADevice",
    "iam:EnableMFADevice",
    "iam:ListMFADevices",
    "iam:ResyncMFADevice",
    "iam:GetUser",
];
