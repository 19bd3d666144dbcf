//! Operators that do not suit their key.

use std::collections::HashSet;

use super::condition_key;
use crate::catalog::{KeyInfo, KeyScope, KeyType};
use crate::condition::{Condition, Family, Presence, Quantifier, Test};
use crate::context::ContextKey;
use crate::policy::{Effect, Statement};
use crate::problem::Problem;
use crate::validate::Scope;
use crate::validate::findings::Findings;

pub(super) fn check(scope: &Scope<'_>, findings: &mut Findings) {
    for statement in &scope.policy.statements {
        let needed = needed_keys(statement);
        for condition in &statement.conditions {
            if findings.is_full() {
                return;
            }
            null_with_set(condition, findings);
            if let Some(info) = condition_key::info(condition) {
                family(condition, &info, findings);
                missing_set(condition, &info, findings);
                if statement.effect == Effect::Allow && !needed.contains(&condition.key) {
                    for_all_values(condition, &info, findings);
                }
            }
        }
    }
}

/// An operator that compares another type than the key has.
///
/// Strings and ARNs are each other's text; every other type is written in more than one way (`1` and `1.0`,
/// `10.0.0.1` and `10.0.0.1/32`), so comparing it as text, or text as it, goes wrong.
fn family(condition: &Condition, info: &KeyInfo, findings: &mut Findings) {
    let used = condition.operator.value.test.family();
    let suits = |key_type: KeyType| suits(used, key_type);
    if suits(info.key_type) || info.other_type.is_some_and(suits) || compares_two_keys(condition) {
        return;
    }
    let message = format!(
        "`{}` compares {}, and `{}` is {}",
        condition.operator.value,
        of_family(used),
        info.name,
        of_type(info.key_type)
    );
    let hint = format!("use {}", operators_of(info.key_type));
    findings.report(Problem::suspicious("operator-type", message, condition.operator.span).hint(hint));
}

/// Whether the key is compared with another one, which operators of text alone can do.
fn compares_two_keys(condition: &Condition) -> bool {
    let is_text = condition.operator.value.test.family() == Family::String;
    is_text && !condition.values.is_empty() && condition.values.iter().all(|value| value.value.contains("${"))
}

fn suits(used: Family, key_type: KeyType) -> bool {
    let text = |family: Family| matches!(family, Family::String | Family::Arn);
    used == Family::Null || used == key_type.family() || (text(used) && text(key_type.family()))
}

/// "You must use `ForAllValues` or `ForAnyValue` with multivalued context keys" (IAM guide); without one the
/// condition fails.
fn missing_set(condition: &Condition, info: &KeyInfo, findings: &mut Findings) {
    let operator = condition.operator.value;
    if info.multivalued && operator.quantifier == Quantifier::Single && operator.test != Test::Null {
        let message = format!("`{}` has several values, which `{operator}` alone cannot compare", info.name);
        let hint = format!("use `ForAnyValue:{operator}` or `ForAllValues:{operator}`");
        findings
            .report(Problem::suspicious("missing-set-operator", message, condition.operator.span).hint(hint));
    }
}

/// `ForAllValues` holds when the key is absent, so that an Allow is wider than it looks. Not so where another
/// condition of the statement needs the key. Several-valued keys of a service usually come with its own actions, and
/// the absence of tag keys means no tags: those are left alone.
fn for_all_values(condition: &Condition, info: &KeyInfo, findings: &mut Findings) {
    if condition.operator.value.quantifier == Quantifier::ForAllValues
        && (!info.multivalued || (info.scope == KeyScope::Global && info.name != "aws:TagKeys"))
    {
        let message = format!("this allows requests without `{}` too: of no values, all pass", info.name);
        let hint = format!("add \"Null\": {{\"{}\": \"false\"}}", info.name);
        findings.report(
            Problem::suspicious("for-all-values-absent", message, condition.operator.span).hint(hint),
        );
    }
}

/// The keys without which some condition of the statement fails.
fn needed_keys(statement: &Statement) -> HashSet<&ContextKey> {
    statement
        .conditions
        .iter()
        .filter(|condition| needs_key(condition))
        .map(|condition| &condition.key)
        .collect()
}

/// Whether the condition fails on requests without its key.
fn needs_key(condition: &Condition) -> bool {
    let operator = condition.operator.value;
    if operator.test == Test::Null {
        return condition.values.iter().all(|value| value.value.eq_ignore_ascii_case("false"));
    }
    operator.presence == Presence::Required
        && match operator.quantifier {
            Quantifier::ForAnyValue => true,
            Quantifier::ForAllValues => false,
            Quantifier::Single => !operator.test.is_negated(),
        }
}

fn null_with_set(condition: &Condition, findings: &mut Findings) {
    let operator = condition.operator.value;
    if operator.test == Test::Null && operator.quantifier != Quantifier::Single {
        let message = format!(
            "`{operator}` asks of each value whether the key is there; the set operator means nothing"
        );
        findings.report(
            Problem::suspicious("null-with-set", message, condition.operator.span).hint("use `Null`"),
        );
    }
}

fn of_family(family: Family) -> &'static str {
    match family {
        Family::String => "text",
        Family::Numeric => "numbers",
        Family::Date => "dates",
        Family::Bool => "true and false",
        Family::Binary => "bytes",
        Family::Ip => "addresses",
        Family::Arn => "ARNs",
        Family::Null => "presence",
    }
}

fn of_type(key_type: KeyType) -> &'static str {
    match key_type {
        KeyType::String => "text",
        KeyType::Arn => "an ARN",
        KeyType::Bool => "true or false",
        KeyType::Numeric => "a number",
        KeyType::Date => "a date",
        KeyType::Ip => "an address",
        KeyType::Binary => "bytes",
    }
}

fn operators_of(key_type: KeyType) -> &'static str {
    match key_type {
        KeyType::String => "a string operator, such as `StringEquals`",
        KeyType::Arn => "an ARN operator, such as `ArnLike`",
        KeyType::Bool => "`Bool`",
        KeyType::Numeric => "a numeric operator, such as `NumericEquals`",
        KeyType::Date => "a date operator, such as `DateLessThan`",
        KeyType::Ip => "`IpAddress` or `NotIpAddress`",
        KeyType::Binary => "`BinaryEquals`",
    }
}
