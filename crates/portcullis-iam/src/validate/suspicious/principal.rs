//! Principals that can be nobody, or nobody any more.

use crate::principal::PrincipalEntry;
use crate::problem::{Problem, clip};
use crate::span::Spanned;
use crate::validate::Scope;
use crate::validate::findings::Findings;

pub(super) fn check(scope: &Scope<'_>, findings: &mut Findings) {
    let clauses = scope.policy.statements.iter().filter_map(|statement| statement.principal.as_ref());
    for entry in clauses.flat_map(|clause| &clause.entries) {
        match &entry.value {
            PrincipalEntry::UniqueId(id) => deleted(id, entry, findings),
            PrincipalEntry::Service(name) if !is_service(name) => service(name, entry, findings),
            PrincipalEntry::Everyone
            | PrincipalEntry::Account(_)
            | PrincipalEntry::Arn(_)
            | PrincipalEntry::Service(_)
            | PrincipalEntry::Federated(_)
            | PrincipalEntry::CanonicalUser(_) => {}
        }
    }
}

/// AWS shows the unique id in place of the ARN once the user or role is gone (IAM guide, Principal element).
fn deleted(id: &str, entry: &Spanned<PrincipalEntry>, findings: &mut Findings) {
    let message = format!("the user or role `{}` was deleted, so nobody is this principal", clip(id));
    let hint = "remove it; a new user or role of the same name is another principal";
    findings.report(Problem::suspicious("deleted-principal", message, entry.span).hint(hint));
}

fn service(name: &str, entry: &Spanned<PrincipalEntry>, findings: &mut Findings) {
    let message = format!("`{}` is no service principal", clip(name));
    let hint = "write the service's own name, such as lambda.amazonaws.com";
    findings.report(Problem::suspicious("service-principal", message, entry.span).hint(hint));
}

/// A host name in lower case under a domain of AWS.
fn is_service(name: &str) -> bool {
    let is_host_byte =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-._".contains(&byte);
    name.bytes().all(is_host_byte) && DOMAINS.iter().any(|domain| name.ends_with(domain))
}

const DOMAINS: [&str; 5] =
    [".amazonaws.com", ".amazonaws.com.cn", ".amazon.com", ".aws.internal", ".amazonaws.eu"];
