//! Policies of an organization: what RCPs may not contain. SCPs have the whole language but principals.
//!
//! Organizations guide, RCP syntax; the words are IAM Access Analyzer's, since Organizations' own name no reason.

use crate::kind::PolicyKind;
use crate::policy::{Clause, Effect, Polarity, Statement};
use crate::principal::PrincipalEntry;
use crate::problem::Problem;
use crate::validate::Scope;
use crate::validate::findings::Findings;

pub(super) fn check(scope: &Scope<'_>, findings: &mut Findings) {
    if scope.kind != PolicyKind::ResourceControl {
        return;
    }
    let statements = scope.policy.statements.iter();
    for statement in statements.filter(|statement| !is_full_access(statement)) {
        effect(statement, findings);
        principal(statement, findings);
        action(&statement.action, findings);
    }
}

/// The statement of `RCPFullAWSAccess`, the one RCP of AWS's own: everybody may do everything.
fn is_full_access(statement: &Statement) -> bool {
    let is_everything = |clause: &Clause| {
        clause.polarity == Polarity::Only && clause.patterns.iter().all(|pattern| &*pattern.value == "*")
    };
    statement.effect == Effect::Allow
        && is_everything(&statement.action)
        && statement.resource.as_ref().is_some_and(is_everything)
        && statement.conditions.is_empty()
}

fn effect(statement: &Statement, findings: &mut Findings) {
    if statement.effect == Effect::Allow {
        let message = "RCPs only support specifying all principals (\"*\") in the Principal element, \
                       all resources (\"*\") in the Resource element, and no Condition element \
                       with an effect of Allow.";
        let problem = Problem::rejected("rcp-allow", message, statement.action.span);
        findings.report(problem.hint("an RCP of your own can only deny"));
    }
}

fn principal(statement: &Statement, findings: &mut Findings) {
    let Some(clause) = &statement.principal else { return };
    let is_everyone = clause.polarity == Polarity::Only
        && clause.entries.iter().all(|entry| entry.value == PrincipalEntry::Everyone);
    if !is_everyone {
        let message = "The Principal element contents are not valid. RCPs only support specifying all \
                       principals (\"*\") in the Principal element. The NotPrincipal element is not \
                       supported for RCPs.";
        let hint = "write \"Principal\": \"*\" and narrow it down by a condition, such as aws:PrincipalArn";
        findings.report(Problem::rejected("rcp-principal", message, clause.span).hint(hint));
    }
}

fn action(clause: &Clause, findings: &mut Findings) {
    if clause.polarity == Polarity::Except {
        let message = "RCPs do not support the NotAction element. Update to use the Action element.";
        findings.report(Problem::rejected("rcp-not-action", message, clause.span));
    }
    for pattern in clause.patterns.iter().filter(|pattern| &*pattern.value == "*") {
        let message = "RCPs only support specifying select service prefixes in the Action element.";
        let hint = "name the services, such as `s3:*`";
        findings.report(Problem::rejected("rcp-action", message, pattern.span).hint(hint));
    }
}
