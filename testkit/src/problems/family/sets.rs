//! Keys with several values, under several set operators.

use portcullis_prove::Area;
use serde_json::{Value, json};

use super::super::{Problem, facts};
use super::{ALICE, document, some, user};
use crate::decisions::Choices;

pub(super) fn problem(choices: &mut Choices<'_>) -> Problem {
    let mut statements = vec![statement(choices, "Allow")];
    statements.extend(some(choices, (1, 4), |choices| statement(choices, "Deny")));
    let mut facts = facts::of_caller(choices, ALICE);
    if choices.chance(80) {
        facts.remove("aws:TagKeys");
    }
    let spared = vec![Area::of_actions(["sts:*"])];
    Problem { case: user(vec![document(&statements)]), refused: None, facts, only: Vec::new(), spared }
}

fn statement(choices: &mut Choices<'_>, effect: &str) -> Value {
    let quantifier = choices.pick(&["ForAllValues:", "ForAnyValue:", "ForAllValues:", "ForAnyValue:", ""]);
    let operator = choices.pick(&OPERATORS);
    let suffix = if choices.chance(20) { "IfExists" } else { "" };
    let operands =
        some(choices, (1, 3), |choices| choices.pick(&["env", "team", "t*", "Env", "*m", "?nv", "*"]));
    let mut condition = json!({format!("{quantifier}{operator}{suffix}"): {"aws:TagKeys": operands}});
    if choices.chance(20)
        && let Some(block) = condition.as_object_mut()
    {
        block.insert("Null".into(), json!({"aws:TagKeys": choices.chance(40)}));
    }
    json!({"Effect": effect, "Action": ["ec2:CreateTags", "iam:TagUser"], "Resource": "*", "Condition": condition})
}

const OPERATORS: [&str; 6] = [
    "StringLike",
    "StringNotLike",
    "StringEquals",
    "StringNotEquals",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
];
