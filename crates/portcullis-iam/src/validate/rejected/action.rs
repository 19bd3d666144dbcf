//! Actions: `vendor:name`, or `*`.

use crate::policy::Clause;
use crate::problem::{Problem, clip};
use crate::span::Spanned;
use crate::validate::Scope;
use crate::validate::findings::Findings;
use crate::wording::{self, Reader};

pub(super) fn check(scope: &Scope<'_>, findings: &mut Findings) {
    for statement in &scope.policy.statements {
        empty(&statement.action, scope, findings);
        for pattern in &statement.action.patterns {
            action(pattern, scope, findings);
        }
    }
}

fn empty(clause: &Clause, scope: &Scope<'_>, findings: &mut Findings) {
    if clause.patterns.is_empty() {
        let message = wording::missing(scope.kind, "Action");
        let problem = Problem::rejected("empty-action", message, clause.span);
        findings.report(problem.hint("list at least one action"));
    }
}

fn action(pattern: &Spanned<Box<str>>, scope: &Scope<'_>, findings: &mut Findings) {
    let text = &*pattern.value;
    if is_vendor_and_name(text) || text == "*" {
        return;
    }
    let problem = match text.split_once(':') {
        None => without_vendor(pattern, scope),
        Some((_, name)) if name.contains(':') => {
            let message = said(scope, "Actions/Condition can contain only one colon.");
            Problem::rejected("action-colons", message, pattern.span).hint("write `service:Action`")
        }
        // Accepted although the vendor is no name.
        Some(("*", _)) => return,
        Some((vendor, _)) => {
            let message = said(scope, &format!("Vendor {} is not valid", clip(vendor)));
            Problem::rejected("action-vendor", message, pattern.span)
                .hint("the part before the colon is a service's prefix, without wildcards")
        }
    };
    findings.report(problem);
}

fn without_vendor(pattern: &Spanned<Box<str>>, scope: &Scope<'_>) -> Problem {
    let message = said(scope, "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
    Problem::rejected("action-without-vendor", message, pattern.span)
        .hint("write `service:Action`, such as `s3:GetObject`")
}

/// IAM's words, or those of S3 and of Organizations for their policies.
fn said(scope: &Scope<'_>, by_iam: &str) -> String {
    match wording::reader(scope.kind) {
        Reader::Identity => by_iam.to_owned(),
        Reader::Resource => "Policy has invalid action".to_owned(),
        Reader::Organizations => wording::ORGANIZATIONS.to_owned(),
    }
}

/// Whether `text` is a vendor, one colon and anything, in one pass: nearly every action is.
fn is_vendor_and_name(text: &str) -> bool {
    let bytes = text.as_bytes();
    let vendor = bytes.iter().take_while(|byte| is_vendor_byte(**byte)).count();
    match bytes.get(vendor..) {
        Some([b':', name @ ..]) => 0 < vendor && !name.contains(&b':'),
        Some(_) | None => false,
    }
}

fn is_vendor_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.'
}
