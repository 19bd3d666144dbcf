//! Resources of policies that IAM reads: ARNs, or `*`.
//!
//! The order of the checks, and the words, are CreatePolicy's. Policies of resources follow their service's rules
//! and are not checked here.

use crate::kind::PolicyKind;
use crate::policy::Clause;
use crate::problem::{Problem, clip};
use crate::span::{Span, Spanned};
use crate::validate::Scope;
use crate::validate::findings::Findings;
use crate::wording::{self, Reader};

pub(super) fn check(scope: &Scope<'_>, findings: &mut Findings) {
    if needs_resource(scope.kind) {
        for statement in &scope.policy.statements {
            let brace = Span::new(statement.span.start, statement.span.start + 1);
            match &statement.resource {
                None => missing(brace, scope, findings),
                Some(clause) => listed(clause, scope, findings),
            }
        }
    }
}

/// All policies but those of resources, where it depends on the service, and of roles.
fn needs_resource(kind: PolicyKind) -> bool {
    match kind {
        PolicyKind::Identity
        | PolicyKind::Group
        | PolicyKind::Boundary
        | PolicyKind::Session
        | PolicyKind::ServiceControl
        | PolicyKind::ResourceControl => true,
        PolicyKind::Resource | PolicyKind::Trust | PolicyKind::Endpoint => false,
    }
}

fn missing(span: Span, scope: &Scope<'_>, findings: &mut Findings) {
    let problem = Problem::rejected("missing-resource", wording::missing(scope.kind, "Resource"), span);
    findings.report(problem.hint("add a `Resource` or a `NotResource`"));
}

fn listed(clause: &Clause, scope: &Scope<'_>, findings: &mut Findings) {
    if clause.patterns.is_empty() {
        let problem =
            Problem::rejected("empty-resource", wording::missing(scope.kind, "Resource"), clause.span);
        findings.report(problem.hint("list at least one resource"));
    }
    for pattern in &clause.patterns {
        if let Some(fault) = fault(&pattern.value, scope.kind) {
            findings.report(problem(&fault, pattern, scope));
        }
    }
}

struct Fault {
    code: &'static str,
    message: String,
    hint: &'static str,
}

/// What is wrong with a resource pattern.
fn fault(text: &str, kind: PolicyKind) -> Option<Fault> {
    if text == "*" || has_early_variable(text) {
        return None;
    }
    let Some((_, after_prefix)) = text.split_once(':') else {
        return Some(Fault {
            code: "resource-not-arn",
            message: format!("Resource {} must be in ARN format or \"*\".", clip(text)),
            hint: "write arn:partition:service:region:account:resource",
        });
    };
    let (partition, after_partition) = match after_prefix.split_once(':') {
        Some((partition, rest)) => (partition, Some(rest)),
        None => (after_prefix, None),
    };
    if !is_partition(partition) {
        return Some(Fault {
            code: "resource-partition",
            message: partition_message(partition, after_partition),
            hint: "partitions are aws, aws-cn, aws-us-gov and a few closed ones",
        });
    }
    let Some(after_partition) = after_partition else {
        return Some(Fault {
            code: "resource-vendor",
            message: "Resource vendor must be fully qualified and cannot contain regexes.".into(),
            hint: "name the service after the partition",
        });
    };
    by_service(text, after_partition).or_else(|| incomplete(text, kind))
}

/// Whether a policy variable stands before the resource part: how IAM takes its colons when it checks the parts is
/// not known.
fn has_early_variable(text: &str) -> bool {
    // Looked for by its first byte, which hardly any resource has.
    text.contains('$')
        && text.find("${").is_some_and(|at| text.get(..at).unwrap_or_default().matches(':').count() < 5)
}

/// What is wrong from the service on.
fn by_service(text: &str, after_partition: &str) -> Option<Fault> {
    let mut parts = after_partition.splitn(4, ':');
    let service = parts.next().unwrap_or_default();
    let (region, account, resource) = (parts.next(), parts.next(), parts.next());
    if service.is_empty() || (resource.is_none() && text.contains("::")) {
        return Some(Fault {
            code: "resource-incomplete",
            message: "The policy failed legacy parsing".into(),
            hint: "an ARN has six parts: arn:partition:service:region:account:resource",
        });
    }
    let (region, account, resource) = (region?, account?, resource?);
    match service {
        "iam" if !region.is_empty() => Some(Fault {
            code: "resource-region",
            message: format!("IAM resource {} cannot contain region information.", clip(text)),
            hint: "leave the Region empty",
        }),
        "iam" if !is_iam_path(resource) => Some(Fault {
            code: "resource-iam-path",
            message: format!(
                "IAM resource path must either be \"*\", root, or start with {}.",
                IAM_PATHS.join(", ")
            ),
            hint: "start with one of these, without a wildcard in it",
        }),
        // Access points, grants and jobs have Regions, and an account; buckets have neither.
        "s3" if !region.is_empty() && account.is_empty() => Some(Fault {
            code: "resource-region",
            message: format!("Resource {} can not contain region information.", clip(text)),
            hint: "leave the Region empty",
        }),
        _ => None,
    }
}

/// "Using an incomplete ARN in a session policy will result in a `MalformedPolicyDocumentException` error" (IAM
/// guide, grammar); elsewhere IAM completes it with wildcards.
fn incomplete(text: &str, kind: PolicyKind) -> Option<Fault> {
    (kind == PolicyKind::Session && text.split(':').count() < 6).then(|| Fault {
        code: "resource-incomplete",
        message: format!("Resource {} must be in ARN format or \"*\".", clip(text)),
        hint: "a session policy needs all six parts of an ARN",
    })
}

fn problem(fault: &Fault, pattern: &Spanned<Box<str>>, scope: &Scope<'_>) -> Problem {
    let message = match wording::reader(scope.kind) {
        Reader::Identity | Reader::Resource => fault.message.as_str(),
        Reader::Organizations => wording::ORGANIZATIONS,
    };
    Problem::rejected(fault.code, message, pattern.span).hint(fault.hint)
}

/// The ARN as IAM completes it in its message: missing parts are wildcards.
fn partition_message(partition: &str, after_partition: Option<&str>) -> String {
    let mut parts = after_partition.unwrap_or_default().splitn(4, ':');
    let mut part =
        || parts.next().filter(|part| !part.is_empty() || after_partition.is_some()).unwrap_or("*");
    let (service, region, account, resource) = (part(), part(), part(), part());
    let arn = format!("arn:{partition}:{service}:{region}:{account}:{resource}");
    format!("Partition \"{}\" is not valid for resource \"{}\".", clip(partition), clip(&arn))
}

/// A known partition, or a pattern that may stand for one.
fn is_partition(text: &str) -> bool {
    PARTITIONS.contains(&text) || text.contains(['*', '?'])
}

const PARTITIONS: [&str; 8] =
    ["aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"];

fn is_iam_path(resource: &str) -> bool {
    resource == "*" || resource == "root" || IAM_PATHS.iter().any(|path| resource.starts_with(path))
}

const IAM_PATHS: [&str; 13] = [
    "user/",
    "federated-user/",
    "role/",
    "group/",
    "instance-profile/",
    "mfa/",
    "server-certificate/",
    "policy/",
    "sms-mfa/",
    "saml-provider/",
    "oidc-provider/",
    "report/",
    "access-report/",
];
