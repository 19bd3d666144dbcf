//! Conditions that IAM refuses.

use crate::condition::{Condition, Family, Presence, Test};
use crate::problem::{Problem, clip};
use crate::validate::Scope;
use crate::validate::date;
use crate::validate::findings::Findings;
use crate::wording;

pub(super) fn check(scope: &Scope<'_>, findings: &mut Findings) {
    for condition in scope.conditions() {
        null_if_exists(condition, findings);
        dates(condition, scope, findings);
    }
}

/// "You can add `IfExists` to the end of any condition operator name except the `Null` condition" (IAM guide,
/// condition operators). The words are IAM Access Analyzer's.
fn null_if_exists(condition: &Condition, findings: &mut Findings) {
    let operator = &condition.operator;
    if operator.value.test == Test::Null && operator.value.presence == Presence::IfExists {
        let message = "The Null condition operator cannot be used with the IfExists suffix. \
                       Update the operator or the suffix.";
        findings.report(Problem::rejected("null-if-exists", message, operator.span));
    }
}

/// IAM reads the dates of a policy when it is saved.
fn dates(condition: &Condition, scope: &Scope<'_>, findings: &mut Findings) {
    if condition.operator.value.test.family() != Family::Date {
        return;
    }
    for value in condition.values.iter().filter(|value| !date::is_accepted(&value.value)) {
        let hint =
            format!("`{}` is no date; write 2026-11-24T09:00:00Z or seconds since 1970", clip(&value.value));
        let problem = Problem::rejected("date-format", wording::legacy(scope.kind), value.span);
        findings.report(problem.hint(hint));
    }
}
