//! Who may be named, and where.
//!
//! Trust policies have further rules in `trust`, policies of an organization in `organization`.

use crate::arn::{AccountId, Arn};
use crate::kind::PolicyKind;
use crate::policy::{Effect, Polarity, Statement};
use crate::principal::{PrincipalClause, PrincipalEntry};
use crate::problem::{Problem, clip};
use crate::span::{Span, Spanned};
use crate::validate::Scope;
use crate::validate::findings::Findings;
use crate::wording;

pub(super) fn check(scope: &Scope<'_>, findings: &mut Findings) {
    for statement in &scope.policy.statements {
        match &statement.principal {
            Some(clause) if names_principals(scope.kind) => listed(statement, clause, findings),
            Some(clause) => not_allowed(clause, scope, findings),
            None if names_principals(scope.kind) => missing(statement, scope, findings),
            None => {}
        }
    }
}

/// Whether policies of `kind` say whom they are for; the others are for whom they are attached to.
fn names_principals(kind: PolicyKind) -> bool {
    match kind {
        PolicyKind::Identity
        | PolicyKind::Group
        | PolicyKind::Boundary
        | PolicyKind::Session
        | PolicyKind::ServiceControl => false,
        PolicyKind::ResourceControl | PolicyKind::Resource | PolicyKind::Trust | PolicyKind::Endpoint => true,
    }
}

fn not_allowed(clause: &PrincipalClause, scope: &Scope<'_>, findings: &mut Findings) {
    // For SCPs the words are IAM Access Analyzer's: those of Organizations name no reason.
    let message = if scope.kind == PolicyKind::ServiceControl {
        "SCPs do not support specifying principals. Remove the Principal or NotPrincipal element."
    } else {
        "Policy document should not specify a principal."
    };
    let hint = "this kind of policy is for whom it is attached to; use conditions to narrow it down";
    findings.report(Problem::rejected("principal-not-allowed", message, clause.span).hint(hint));
}

fn missing(statement: &Statement, scope: &Scope<'_>, findings: &mut Findings) {
    let brace = Span::new(statement.span.start, statement.span.start + 1);
    let message = wording::missing(scope.kind, "Principal");
    findings.report(Problem::rejected("missing-principal", message, brace).hint("add a `Principal`"));
}

fn listed(statement: &Statement, clause: &PrincipalClause, findings: &mut Findings) {
    if clause.entries.is_empty() {
        let message = "Missing required field Principal cannot be empty!";
        let problem = Problem::rejected("empty-principal", message, clause.span);
        findings.report(problem.hint("name at least one principal"));
    }
    if clause.polarity == Polarity::Except && statement.effect == Effect::Allow {
        let message = "Allow with NotPrincipal is not allowed.";
        let hint = "name whom you allow in `Principal`";
        findings.report(Problem::rejected("allow-not-principal", message, clause.span).hint(hint));
    }
    for entry in &clause.entries {
        if let PrincipalEntry::Arn(text) = &entry.value
            && let Some(hint) = fault(text)
        {
            findings.report(invalid("AWS", text, entry).hint(hint));
        }
    }
}

/// S3's and IAM's words for a principal that is none.
pub(super) fn invalid(principal_type: &str, text: &str, entry: &Spanned<PrincipalEntry>) -> Problem {
    let message = format!("Invalid principal in policy: \"{principal_type}\":\"{}\"", clip(text));
    Problem::rejected("principal-invalid", message, entry.span)
}

/// Why `text` cannot be a principal under `AWS`, as far as its form tells (IAM guide, Principal element).
fn fault(text: &str) -> Option<&'static str> {
    if text.contains(['*', '?']) {
        return Some("a wildcard cannot match part of a name or ARN; only \"*\" stands for everyone");
    }
    let Some(arn) = Arn::parse(text) else {
        return Some("write an account id, the ARN of a user, role or session, or \"*\"");
    };
    let name = arn.resource();
    let is_known = match arn.service() {
        "iam" => name == "root" || name.starts_with("user/") || name.starts_with("role/"),
        "sts" => name.starts_with("assumed-role/") || name.starts_with("federated-user/") || name == "self",
        _ => false,
    };
    if !is_known {
        return Some("a principal is an account, a user, a role or a session, never a group");
    }
    // Origin access identities have the account `cloudfront`.
    let is_account = AccountId::parse(arn.account_part()).is_some() || arn.account_part() == "cloudfront";
    (!is_account).then_some("the account id has twelve digits")
}
