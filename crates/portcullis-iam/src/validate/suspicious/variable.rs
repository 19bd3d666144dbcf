//! Policy variables where they are plain text, or stand for nothing.

use super::condition_key;
use crate::catalog::catalog;
use crate::condition::Family;
use crate::pattern::Piece;
use crate::policy::Version;
use crate::problem::{Problem, clip};
use crate::span::Spanned;
use crate::validate::Scope;
use crate::validate::findings::Findings;
use crate::validate::pieces;

pub(super) fn check(scope: &Scope<'_>, findings: &mut Findings) {
    scope.actions().for_each(|pattern| elsewhere(pattern, findings));
    resources(scope, findings);
    for condition in scope.conditions() {
        let takes_variables = takes_variables(condition.operator.value.test.family());
        for value in condition.values.iter().filter(|value| value.value.contains("${")) {
            if findings.is_full() {
                return;
            }
            if takes_variables {
                variables(value, scope, findings);
            } else {
                elsewhere(value, findings);
            }
        }
    }
}

/// "You can't use a policy variable with other operators, such as Numeric, Date, […] Binary, IP Address, or Null
/// operators" (IAM guide, variables); its pages differ about `Bool`.
fn takes_variables(family: Family) -> bool {
    match family {
        Family::String | Family::Arn | Family::Bool => true,
        Family::Numeric | Family::Date | Family::Binary | Family::Ip | Family::Null => false,
    }
}

fn elsewhere(value: &Spanned<Box<str>>, findings: &mut Findings) {
    if value.value.contains("${") {
        let message = "policy variables have no meaning here: this is plain text";
        let hint = "variables work in `Resource`, and in conditions with string and ARN operators";
        findings.report(Problem::suspicious("variable-misplaced", message, value.span).hint(hint));
    }
}

fn resources(scope: &Scope<'_>, findings: &mut Findings) {
    for pattern in scope.resources().filter(|pattern| pattern.value.contains("${")) {
        if findings.is_full() {
            return;
        }
        let pieces = variables(pattern, scope, findings);
        let early = pieces.iter().position(|piece| matches!(piece, Piece::Variable(_)));
        let before = early.and_then(|at| pieces.get(..at)).unwrap_or_default();
        if early.is_some() && pieces::colons(before) < 5 {
            let message = "a variable before the resource part of an ARN";
            let hint = "AWS documents variables only after the fifth colon; write the part out, or `*`";
            findings.report(Problem::suspicious("variable-in-arn-head", message, pattern.span).hint(hint));
        }
    }
}

/// Reports what is wrong with the variables of a value, and gives its pieces.
fn variables(value: &Spanned<Box<str>>, scope: &Scope<'_>, findings: &mut Findings) -> Vec<Piece> {
    let pieces = pieces::pieces(&value.value, scope.policy.version);
    if scope.policy.version == Version::V2008 {
        let message = "in the language of 2008-10-17, `${...}` is plain text";
        let hint = "write \"Version\": \"2012-10-17\" to make it a variable";
        findings.report(Problem::suspicious("variable-in-2008", message, value.span).hint(hint));
        return pieces;
    }
    if pieces::texts(&pieces).any(|text| text.contains("${")) {
        let message = "`${` starts no variable here, so it is plain text";
        let hint = "write ${key} or ${key, 'default'}, or ${$}{ for the characters themselves";
        findings.report(Problem::suspicious("variable-syntax", message, value.span).hint(hint));
    }
    for variable in pieces::variables(&pieces) {
        let key = variable.key.as_str();
        let Some(info) = catalog().condition_key(key) else {
            let message = format!("no request carries `{}`, so the variable has no value", clip(key));
            let problem = Problem::suspicious("unknown-variable", message, value.span);
            let near = condition_key::nearest(key);
            findings.report(match near {
                Some(near) => problem.hint(format!("did you mean `${{{near}}}`?")),
                None => problem.hint("what contains it matches nothing"),
            });
            continue;
        };
        if info.multivalued {
            let message = format!("`{}` has several values, so the variable has none", info.name);
            let hint = "only single-valued keys can be variables";
            findings.report(Problem::suspicious("multivalued-variable", message, value.span).hint(hint));
        }
    }
    pieces
}
