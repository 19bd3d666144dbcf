//! Condition blocks. An operator mostly fits its key; now and then it does not.

use serde_json::{Map, Value, json};

use crate::decisions::choices::Choices;

use super::statement::list;

/// A condition key of the generated cases.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Key {
    pub(super) name: &'static str,
    /// The type of its values in ContextEntries.
    pub(super) kind: &'static str,
    /// Values of a request.
    pub(super) given: &'static [&'static str],
    /// Values of a policy.
    wanted: &'static [&'static str],
    /// Operators that fit.
    operators: &'static [&'static str],
}

/// A block of one or two tests.
pub(super) fn block(choices: &mut Choices<'_>) -> Value {
    let mut block = Map::new();
    for _ in 0..=choices.below(2) {
        let (operator, key, values) = test(choices);
        let tests = block.entry(operator).or_insert_with(|| json!({}));
        if let Some(tests) = tests.as_object_mut() {
            tests.insert(key, values);
        }
    }
    Value::Object(block)
}

fn test(choices: &mut Choices<'_>) -> (String, String, Value) {
    let key: Key = choices.pick(&KEYS);
    let misfit: Key = if choices.chance(8) { choices.pick(&KEYS) } else { key };
    let base = if choices.chance(12) { "Null" } else { choices.pick(misfit.operators) };
    let wanted = if base == "Null" { BOOLEANS } else { misfit.wanted };
    let name = if choices.chance(5) { key.name.to_ascii_uppercase() } else { key.name.to_owned() };
    let values = list(choices, |choices| choices.pick(wanted).to_owned());
    (qualified(base, choices, &key), name, values)
}

/// The operator with its qualifiers: `IfExists` often, a set operator mostly on keys with several values.
fn qualified(base: &str, choices: &mut Choices<'_>, key: &Key) -> String {
    let is_list = key.kind.ends_with("List");
    let quantifier = match choices.below(10) {
        0..=6 if !is_list => "",
        0 => "",
        1..=4 => "ForAllValues:",
        5..=8 => "ForAnyValue:",
        _ => "",
    };
    if base == "Null" {
        return base.to_owned();
    }
    let suffix = if choices.chance(30) { "IfExists" } else { "" };
    format!("{quantifier}{base}{suffix}")
}

const BOOLEANS: &[&str] = &["true", "false", "True", "yes"];
const STRINGS: &[&str] = &[
    "StringEquals",
    "StringNotEquals",
    "StringLike",
    "StringNotLike",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
];
const ARNS: &[&str] = &["ArnLike", "ArnNotLike", "ArnEquals", "ArnNotEquals", "StringLike", "StringEquals"];
const NUMBERS: &[&str] = &[
    "NumericEquals",
    "NumericNotEquals",
    "NumericLessThan",
    "NumericLessThanEquals",
    "NumericGreaterThan",
    "NumericGreaterThanEquals",
];
const DATES: &[&str] = &[
    "DateEquals",
    "DateNotEquals",
    "DateLessThan",
    "DateLessThanEquals",
    "DateGreaterThan",
    "DateGreaterThanEquals",
];

pub(super) const KEYS: [Key; 15] = [
    // A text that is tested as a boolean may be neither.
    Key {
        name: "aws:PrincipalTag/switch",
        kind: "string",
        given: &["true", "false", "maybe"],
        wanted: &["true", "false"],
        operators: &["Bool"],
    },
    Key {
        name: "aws:MultiFactorAuthPresent",
        kind: "boolean",
        given: &["false", "true", "True"],
        wanted: &["false", "true", "TRUE", "${aws:ViaAWSService}"],
        operators: &["Bool"],
    },
    Key {
        name: "aws:SecureTransport",
        kind: "boolean",
        given: &["true", "false"],
        wanted: &["true", "false", "no"],
        operators: &["Bool"],
    },
    Key {
        name: "aws:ViaAWSService",
        kind: "boolean",
        given: &["true", "false"],
        wanted: &["true", "false"],
        operators: &["Bool"],
    },
    Key {
        name: "aws:username",
        kind: "string",
        given: &["alice", "bob", "Alice", "*"],
        wanted: &["alice", "ALICE", "a*", "${aws:PrincipalTag/team}", "${aws:username}", "?lice", "${*}"],
        operators: STRINGS,
    },
    Key {
        name: "aws:PrincipalTag/team",
        kind: "string",
        given: &["yellow", "alice", "", "Yéllow", "YÉLLOW"],
        wanted: &["yellow", "y*w", "", "yÉllow", "${aws:username, 'yellow'}", "${aws:TagKeys}", "*"],
        operators: STRINGS,
    },
    Key {
        name: "s3:prefix",
        kind: "string",
        given: &["", "home/alice", "home/${aws:username}", "*"],
        wanted: &["", "home/*", "home/${aws:username}", "home/${aws:userid, 'alice'}", "${$}*", "?"],
        operators: STRINGS,
    },
    Key {
        name: "aws:PrincipalArn",
        kind: "string",
        given: &[
            "arn:aws:iam::111111111111:user/alice",
            "arn:aws:iam::111111111111:role/path/admin",
            "arn:aws:iam::111111111111:root",
            "nonsense",
        ],
        wanted: &[
            "arn:aws:iam::*:user/*",
            "arn:aws:iam::111111111111:role/*/admin",
            "arn:*:iam::111111111111:*",
            "*",
            "arn:aws:iam::*:user/${aws:username}",
            "arn:aws:iam*",
        ],
        operators: ARNS,
    },
    Key {
        name: "aws:SourceArn",
        kind: "string",
        given: &["arn:aws:sns:us-east-1:222222222222:topic:sub", "arn:aws:s3:::bucket", "arn:aws:s3"],
        wanted: &[
            "arn:aws:sns:*:*:topic:*",
            "arn:aws:s3:::bucket",
            "arn:aws:*:bucket",
            "arn:aws:sns:us-east-?:2*2:*",
            "${aws:PrincipalArn}",
        ],
        operators: ARNS,
    },
    Key {
        name: "aws:MultiFactorAuthAge",
        kind: "numeric",
        given: &["0", "3600", "3600.5", "-1", "-1.5", "x", "99999999999999999999"],
        wanted: &["3600", "3600.0", "0", "1e3", "-0", "99999999999999999998", "+3600"],
        operators: NUMBERS,
    },
    Key {
        name: "aws:CurrentTime",
        kind: "date",
        given: &["2025-06-01T00:00:00Z", "1748736000", "2024-01-01T12:30:00+02:00", "never"],
        wanted: &[
            "2025-06-01T00:00:00Z",
            "2025-06-01",
            "1748736000",
            "2025-06-01T02:00:00+02:00",
            "2024",
            "1748736001",
            "2025-05-31T23:59:59.5Z",
            "2025-06-31",
        ],
        operators: DATES,
    },
    Key {
        name: "aws:SourceIp",
        kind: "ip",
        given: &["10.0.0.1", "10.1.2.3", "2001:db8::1", "::ffff:10.0.0.1", "here"],
        wanted: &[
            "10.0.0.0/8",
            "10.0.0.1",
            "0.0.0.0/0",
            "::/0",
            "2001:db8::/32",
            "10.0.0.9/31",
            "10.0.0.0/33",
            "x/8",
        ],
        operators: &["IpAddress", "NotIpAddress"],
    },
    Key {
        name: "aws:TagKeys",
        kind: "stringList",
        given: &["env", "team", "Env", ""],
        wanted: &["env", "t*", "ENV", "${aws:username}", ""],
        operators: STRINGS,
    },
    Key {
        name: "aws:CalledVia",
        kind: "stringList",
        given: &["athena.amazonaws.com", "cloudformation.amazonaws.com"],
        wanted: &["athena.amazonaws.com", "*.amazonaws.com"],
        operators: STRINGS,
    },
    Key {
        name: "kms:EncryptionContext:blob",
        kind: "binary",
        given: &["QQ==", "QUI=", "QR==", "x"],
        wanted: &["QQ==", "QUI=", "QQ", "?"],
        operators: &["BinaryEquals"],
    },
];
