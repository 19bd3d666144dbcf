//! Patterns against patterns, on the resource and on a key that requests choose.

use portcullis_prove::Area;
use serde_json::{Value, json};

use super::super::{Problem, facts};
use super::{ALICE, document, some, user};
use crate::decisions::Choices;

pub(super) fn problem(choices: &mut Choices<'_>) -> Problem {
    let on_resource = choices.chance(60);
    let allowed = some(choices, (1, 3), pattern);
    let mut statements = vec![statement("Allow", on_resource, &json!(allowed))];
    let denials = some(choices, (1, 8), |choices| {
        let patterns = some(choices, (1, 3), pattern);
        if on_resource && choices.chance(25) {
            not_resource(&patterns)
        } else {
            statement("Deny", on_resource, &json!(patterns))
        }
    });
    statements.extend(denials);
    let facts = facts::of_caller(choices, ALICE);
    let spared = vec![Area::of_actions(["sts:*"])];
    Problem { case: user(vec![document(&statements)]), refused: None, facts, only: Vec::new(), spared }
}

/// A name of two letters and wildcards.
fn pattern(choices: &mut Choices<'_>) -> String {
    let count = 1 + choices.below(7);
    let letters = ["a", "b", "*", "a", "?", "*", "ab", "/"];
    (0..count).map(|_| choices.pick(&letters)).collect()
}

fn statement(effect: &str, on_resource: bool, patterns: &Value) -> Value {
    if on_resource {
        let resources = within(patterns);
        return json!({"Effect": effect, "Action": "s3:GetObject", "Resource": resources});
    }
    let operator = "StringLike";
    json!({"Effect": effect, "Action": "s3:ListBucket", "Resource": "*", "Condition": {operator: {"s3:prefix": patterns}}})
}

fn not_resource(patterns: &[String]) -> Value {
    json!({"Effect": "Deny", "Action": "s3:GetObject", "NotResource": within(&json!(patterns))})
}

fn within(patterns: &Value) -> Vec<String> {
    let names = patterns.as_array().into_iter().flatten().filter_map(Value::as_str);
    names.map(|name| format!("arn:aws:s3:::bucket/{name}")).collect()
}

/// Denies that leave little or nothing of an Allow: `count` patterns of `stars` wildcards each.
pub(super) fn adversarial() -> Vec<(String, Problem)> {
    let mut problems = Vec::new();
    for (count, stars) in [(20, 2), (20, 3), (40, 3), (60, 4), (80, 6)] {
        for closed in [true, false] {
            let ending = if closed { "closed" } else { "open" };
            problems.push((format!("{count}x{stars} {ending}"), crowded(count, stars, closed)));
        }
    }
    problems.push(("a*b*a*b against its own complement".to_owned(), ladder()));
    problems
}

/// An Allow of all names with `stars` runs, and `count` Denies that each ask for other letters between them; when it
/// is closed, the last Deny covers the Allow in another spelling.
fn crowded(count: usize, stars: usize, closed: bool) -> Problem {
    let letter = |number: usize| char::from(b'a' + (number % 26) as u8);
    let mut statements = vec![statement("Allow", true, &json!(["x*y"]))];
    for number in 0..count {
        let middle: String = (0..stars).map(|at| format!("*{}", letter(number * 7 + at * 3))).collect();
        statements.push(statement("Deny", true, &json!([format!("x{middle}*y")])));
    }
    if closed {
        statements.push(statement("Deny", true, &json!(["x?*y", "x*?y", "xy"])));
    }
    on_s3(&statements)
}

/// Lengths that are told apart by `?` alone: what is left is one length.
fn ladder() -> Problem {
    let mut statements = vec![statement("Allow", true, &json!(["a*b*a*b"]))];
    for length in (0..24).filter(|length| *length != 17) {
        statements.push(statement("Deny", true, &json!(["?".repeat(length)])));
    }
    statements.push(statement("Deny", true, &json!([format!("{}*", "?".repeat(24))])));
    on_s3(&statements)
}

fn on_s3(statements: &[Value]) -> Problem {
    let only = vec![Area::of_actions(["s3:GetObject"])];
    let facts = facts::of_caller(&mut Choices::new(&[]), ALICE);
    Problem { case: user(vec![document(statements)]), refused: None, facts, only, spared: Vec::new() }
}
