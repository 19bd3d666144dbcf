//! Trust policies of roles. The words are CreateRole's and UpdateAssumeRolePolicy's.

use crate::kind::PolicyKind;
use crate::policy::{Clause, Polarity, Statement};
use crate::principal::{PrincipalClause, PrincipalEntry};
use crate::problem::Problem;
use crate::validate::Scope;
use crate::validate::findings::Findings;
use crate::validate::rejected::principal;

pub(super) fn check(scope: &Scope<'_>, findings: &mut Findings) {
    if scope.kind != PolicyKind::Trust {
        return;
    }
    for statement in &scope.policy.statements {
        actions(&statement.action, findings);
        if let Some(clause) = &statement.resource {
            resource(clause, findings);
        }
        if let Some(clause) = &statement.principal {
            principals(clause, statement, findings);
        }
    }
}

fn actions(clause: &Clause, findings: &mut Findings) {
    let is_sts = |text: &str| text.get(..4).is_some_and(|prefix| prefix.eq_ignore_ascii_case("sts:"));
    for pattern in clause.patterns.iter().filter(|pattern| !is_sts(&pattern.value)) {
        let message = "AssumeRole policy may only specify STS AssumeRole actions.";
        let hint =
            "a trust policy says who may assume the role; what the role may do goes into its own policies";
        findings.report(Problem::rejected("trust-action", message, pattern.span).hint(hint));
    }
}

fn resource(clause: &Clause, findings: &mut Findings) {
    let message = match clause.polarity {
        Polarity::Only => "Has prohibited field Resource",
        Polarity::Except => "AssumeRole policy must not contain resources.",
    };
    let hint = "remove it: the resource of a trust policy is the role that it belongs to";
    findings.report(Problem::rejected("trust-resource", message, clause.span).hint(hint));
}

fn principals(clause: &PrincipalClause, statement: &Statement, findings: &mut Findings) {
    if clause.polarity == Polarity::Except {
        let message = "AssumeRole policy must not contain NotPrincipal field.";
        findings.report(Problem::rejected("trust-not-principal", message, clause.span));
    }
    for entry in &clause.entries {
        match &entry.value {
            // `"Principal": "*"`; the object form {"AWS": "*"} is accepted.
            PrincipalEntry::Everyone if entry.span.end == clause.span.end => {
                let message = "Principal must be a JSON object.";
                let problem = Problem::rejected("trust-everyone", message, entry.span);
                findings
                    .report(problem.hint("write {\"AWS\": \"*\"} with a condition, or name the principals"));
            }
            PrincipalEntry::CanonicalUser(text) => {
                let hint = "canonical users are for S3 only; name the account";
                findings.report(principal::invalid("CanonicalUser", text, entry).hint(hint));
            }
            PrincipalEntry::Federated(text) if &**text == COGNITO && statement.conditions.is_empty() => {
                let message = "A condition block must be present for the Cognito provider";
                let hint = "require your pool: StringEquals cognito-identity.amazonaws.com:aud";
                findings.report(Problem::rejected("trust-cognito", message, entry.span).hint(hint));
            }
            PrincipalEntry::Everyone
            | PrincipalEntry::Account(_)
            | PrincipalEntry::Arn(_)
            | PrincipalEntry::UniqueId(_)
            | PrincipalEntry::Service(_)
            | PrincipalEntry::Federated(_) => {}
        }
    }
}

const COGNITO: &str = "cognito-identity.amazonaws.com";
