//! The guardrail against which the truth of a trail is told.

use serde_json::json;

/// What may be done without MFA.
pub const SELF_SERVICE: [&str; 8] = [
    "iam:CreateVirtualMFADevice",
    "iam:EnableMFADevice",
    "iam:GetUser",
    "iam:GetMFADevice",
    "iam:ListMFADevices",
    "iam:ListVirtualMFADevices",
    "iam:ResyncMFADevice",
    "sts:GetSessionToken",
];

/// Where the users for emergencies are.
pub const BREAK_GLASS: &str = "/break-glass/";

/// The guardrail: whoever is in no emergency does nothing but self-service without MFA. For all users.
pub fn guardrail() -> Vec<u8> {
    let document = json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Sid": "DenyWithoutMfa",
            "Effect": "Deny",
            "NotAction": SELF_SERVICE,
            "Resource": "*",
            "Condition": {
                "BoolIfExists": {"aws:MultiFactorAuthPresent": "false", "aws:ViaAWSService": "false"},
                "ArnNotLike": {"aws:PrincipalArn": format!("arn:aws:iam::*:user{BREAK_GLASS}*")},
            },
        }],
    });
    let mut text = format!("{document:#}").into_bytes();
    text.push(b'\n');
    text
}
