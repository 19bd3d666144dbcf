//! Resource patterns that match less than they seem to.

use crate::arn::AccountId;
use crate::kind::PolicyKind;
use crate::pattern::{Part, Piece};
use crate::problem::{Problem, clip};
use crate::span::Spanned;
use crate::validate::Scope;
use crate::validate::findings::Findings;
use crate::validate::pieces;

pub(super) fn check(scope: &Scope<'_>, findings: &mut Findings) {
    for pattern in scope.resources().filter(|pattern| &*pattern.value != "*") {
        if findings.is_full() {
            return;
        }
        let pieces = pieces::pieces(&pattern.value, scope.policy.version);
        let rules = [short(pattern, &pieces, scope.kind), readings(pattern, &pieces), account(pattern)];
        rules.into_iter().flatten().for_each(|problem| findings.report(problem));
    }
}

/// In identity policies AWS fills in what is missing of an ARN; elsewhere a short one matches nothing, unless it
/// ends in `*`.
fn short(pattern: &Spanned<Box<str>>, pieces: &[Piece], kind: PolicyKind) -> Option<Problem> {
    let is_filled = match kind {
        PolicyKind::Identity | PolicyKind::Group | PolicyKind::Boundary | PolicyKind::Session => true,
        PolicyKind::ServiceControl
        | PolicyKind::ResourceControl
        | PolicyKind::Resource
        | PolicyKind::Trust
        | PolicyKind::Endpoint => false,
    };
    let is_arn = pattern.value.starts_with("arn:");
    if is_filled || !is_arn || COLONS <= pieces::colons(pieces) || pattern.value.ends_with('*') {
        return None;
    }
    let message =
        format!("`{}` has fewer than the six parts of an ARN and matches nothing", clip(&pattern.value));
    let hint = "write arn:partition:service:region:account:resource";
    Some(Problem::suspicious("short-arn", message, pattern.span).hint(hint))
}

/// A wildcard within one of the first five parts: whether it may run past a colon decides what the pattern matches.
/// One reading of the guide keeps it in its part, the other lays it over the whole ARN.
fn readings(pattern: &Spanned<Box<str>>, pieces: &[Piece]) -> Option<Problem> {
    let mut colons = 0;
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Part(Part::Text(text)) => colons += text.matches(':').count(),
            _ if COLONS <= colons => return None,
            Piece::Part(Part::Run) if ends_part(pieces.get(at + 1)) => {}
            Piece::Part(Part::One | Part::Run) => {
                let message = "a wildcard inside one of the first five parts of an ARN: whether it may run past a \
                               colon is not documented";
                let hint = "let the wildcard end its part, or write the part out";
                return Some(Problem::suspicious("resource-wildcard", message, pattern.span).hint(hint));
            }
            // What a variable before the resource part stands for is another rule's matter.
            Piece::Variable(_) => return None,
        }
    }
    None
}

/// Whether a part of an ARN ends before `next`.
fn ends_part(next: Option<&Piece>) -> bool {
    match next {
        None => true,
        Some(Piece::Part(Part::Text(text))) => text.starts_with(':'),
        Some(Piece::Part(Part::Run)) => true,
        Some(Piece::Part(Part::One) | Piece::Variable(_)) => false,
    }
}

/// An account that is none, such as a placeholder that nobody has filled in.
fn account(pattern: &Spanned<Box<str>>) -> Option<Problem> {
    let mut parts = pattern.value.split(':');
    let account = parts.nth(4)?;
    let is_fine = parts.next().is_none()
        || account.is_empty()
        || AccountId::parse(account).is_some()
        || account.contains(['*', '?', '$', '{'])
        || SPECIAL_ACCOUNTS.contains(&account);
    if is_fine {
        return None;
    }
    let message = format!("`{}` is no account id, so the ARN matches nothing", clip(account));
    Some(
        Problem::suspicious("resource-account", message, pattern.span)
            .hint("an account id has twelve digits"),
    )
}

/// What stands in place of an account in ARNs of AWS's own resources.
const SPECIAL_ACCOUNTS: [&str; 8] =
    ["aws", "amazon", "aws-marketplace", "self", "third-party", "cloudfront", "system", "aws-managed"];

/// The colons before the resource part of an ARN.
const COLONS: usize = 5;
