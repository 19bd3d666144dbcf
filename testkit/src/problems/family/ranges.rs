//! Numbers, times and addresses that several statements hem in.

use portcullis_prove::Area;
use serde_json::{Value, json};

use super::super::{Problem, facts};
use super::{ALICE, document, some, user};
use crate::decisions::Choices;

pub(super) fn problem(choices: &mut Choices<'_>) -> Problem {
    let kind = choices.pick(&KINDS);
    let mut statements = vec![statement(choices, &kind, "Allow")];
    statements.extend(some(choices, (1, 6), |choices| statement(choices, &kind, "Deny")));
    let mut facts = facts::of_caller(choices, ALICE);
    if choices.chance(80) {
        facts.remove(kind.key);
    }
    let spared = vec![Area::of_actions(["sts:*"])];
    Problem { case: user(vec![document(&statements)]), refused: None, facts, only: Vec::new(), spared }
}

/// A key and how it is compared.
#[derive(Clone, Copy, Default)]
struct Kind {
    key: &'static str,
    operators: &'static [&'static str],
    operands: &'static [&'static str],
}

fn statement(choices: &mut Choices<'_>, kind: &Kind, effect: &str) -> Value {
    let operator = choices.pick(kind.operators);
    let suffix = if choices.chance(25) { "IfExists" } else { "" };
    let operands = some(choices, (1, 3), |choices| choices.pick(kind.operands));
    let mut condition = json!({format!("{operator}{suffix}"): {kind.key: operands}});
    if choices.chance(15)
        && let Some(block) = condition.as_object_mut()
    {
        block.insert("Null".into(), json!({kind.key: choices.chance(30)}));
    }
    json!({"Effect": effect, "Action": ["s3:GetObject", "iam:*"], "Resource": "*", "Condition": condition})
}

const KINDS: [Kind; 3] = [
    Kind {
        key: "aws:MultiFactorAuthAge",
        operators: &[
            "NumericLessThan",
            "NumericLessThanEquals",
            "NumericGreaterThan",
            "NumericGreaterThanEquals",
            "NumericEquals",
            "NumericNotEquals",
        ],
        operands: &["0", "1", "2", "3", "3600", "3600.0", "-1", "3601", "1e3"],
    },
    Kind {
        key: "aws:CurrentTime",
        operators: &[
            "DateLessThan",
            "DateLessThanEquals",
            "DateGreaterThan",
            "DateGreaterThanEquals",
            "DateEquals",
            "DateNotEquals",
        ],
        operands: &[
            "2027-01-01T00:00:00Z",
            "2027-01-01",
            "2027-01-01T00:00:01Z",
            "1798761602",
            "2026-12-31T23:59:59Z",
            "2024",
            "2027-01-01T01:00:00+01:00",
            "never",
        ],
    },
    Kind {
        key: "aws:SourceIp",
        operators: &["IpAddress", "NotIpAddress"],
        operands: &[
            "10.0.0.0/8",
            "10.128.0.0/9",
            "10.0.0.0/9",
            "0.0.0.0/0",
            "::/0",
            "10.0.0.1",
            "10.0.0.0/31",
            "2001:db8::/32",
            "2001:db8::1/128",
            "128.0.0.0/1",
            "0.0.0.0/1",
        ],
    },
];
