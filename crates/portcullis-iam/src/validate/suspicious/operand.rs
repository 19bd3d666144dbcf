//! Values that their operator cannot compare.

use crate::condition::{self, Condition, Family, Test};
use crate::policy::Version;
use crate::problem::{Problem, clip};
use crate::span::Spanned;
use crate::validate::Scope;
use crate::validate::findings::Findings;
use crate::validate::pieces;

pub(super) fn check(scope: &Scope<'_>, findings: &mut Findings) {
    let version = scope.policy.version;
    for condition in scope.conditions() {
        empty(condition, findings);
        both(condition, findings);
        for value in &condition.values {
            if findings.is_full() {
                return;
            }
            let rules = [
                unreadable(condition, value, version),
                literal_star(condition, value),
                no_arn(condition, value, version),
            ];
            rules.into_iter().flatten().for_each(|problem| findings.report(problem));
        }
    }
}

fn empty(condition: &Condition, findings: &mut Findings) {
    if condition.values.is_empty() {
        let message = "the condition compares with nothing";
        let hint = "list at least one value, or remove the condition";
        findings.report(Problem::suspicious("empty-values", message, condition.key_span).hint(hint));
    }
}

/// `true` and `false` as alternatives.
fn both(condition: &Condition, findings: &mut Findings) {
    let is = |text: &str| condition.values.iter().any(|value| value.value.eq_ignore_ascii_case(text));
    let two_valued = matches!(condition.operator.value.test.family(), Family::Bool | Family::Null);
    if two_valued && is("true") && is("false") {
        let message = "true and false are alternatives here, so the condition asks nothing";
        let hint = "keep one of the two values";
        findings.report(Problem::suspicious("both-truth-values", message, condition.key_span).hint(hint));
    }
}

/// A value that matches nothing, whatever the request holds.
fn unreadable(condition: &Condition, value: &Spanned<Box<str>>, version: Version) -> Option<Problem> {
    let family = condition.operator.value.test.family();
    let has_variable = version == Version::V2012 && value.value.contains("${");
    if has_variable || condition::is_operand(family, &value.value) {
        return None;
    }
    let (code, expected, hint) = match family {
        Family::String | Family::Arn => return None,
        Family::Numeric => ("number-format", "number", "write digits, such as `10` or `2.5`"),
        Family::Date => ("date-unreadable", "date", "write 2026-11-24T09:00:00Z or seconds since 1970"),
        Family::Bool => ("bool-format", "truth value", "write `true` or `false`"),
        Family::Binary => ("binary-format", "base64", "write base64 with its padding"),
        Family::Ip => ("ip-format", "address or block", "write 203.0.113.7 or 203.0.113.0/24"),
        Family::Null => {
            ("null-format", "truth value", "`true` asks for absence, `false` for presence; no patterns")
        }
    };
    let message = format!("`{}` is no {expected}, so it never matches", clip(&value.value));
    Some(Problem::suspicious(code, message, value.span).hint(hint))
}

/// A `*` where it stands for itself.
fn literal_star(condition: &Condition, value: &Spanned<Box<str>>) -> Option<Problem> {
    let (test, like) = match condition.operator.value.test {
        test @ (Test::StringEquals | Test::StringEqualsIgnoreCase) => (test, Test::StringLike),
        test @ (Test::StringNotEquals | Test::StringNotEqualsIgnoreCase) => (test, Test::StringNotLike),
        _ => return None,
    };
    if !value.value.replace("${*}", "").contains('*') {
        return None;
    }
    let message = format!("`{}` takes `*` for an asterisk, not for any text", test.name());
    let hint = format!("use `{}` for a pattern, or write ${{*}} for an asterisk", like.name());
    Some(Problem::suspicious("literal-wildcard", message, value.span).hint(hint))
}

/// AWS documents no meaning for an ARN operator with a pattern that is no ARN.
fn no_arn(condition: &Condition, value: &Spanned<Box<str>>, version: Version) -> Option<Problem> {
    if condition.operator.value.test.family() != Family::Arn {
        return None;
    }
    let pieces = pieces::pieces(&value.value, version);
    let is_variable_only =
        pieces::variables(&pieces).next().is_some() && pieces::texts(&pieces).next().is_none();
    if is_variable_only || (5 <= pieces::colons(&pieces) && value.value.starts_with(['a', '*', '?', '$'])) {
        return None;
    }
    let message =
        format!("`{}` is no ARN of six parts; what that matches is not documented", clip(&value.value));
    let hint =
        "write arn:partition:service:region:account:resource, with `*` for a part that may be anything";
    Some(Problem::suspicious("arn-format", message, value.span).hint(hint))
}
