//! The document as a whole: its characters and its size.

use crate::kind::PolicyKind;
use crate::problem::Problem;
use crate::quota;
use crate::span::Span;
use crate::validate::Scope;
use crate::validate::findings::Findings;

pub(super) fn check(scope: &Scope<'_>, findings: &mut Findings) {
    characters(scope, findings);
    size(scope, findings);
}

/// "Policy documents can contain only the following Unicode characters: horizontal tab (U+0009), linefeed (U+000A),
/// carriage return (U+000D), and characters in the range U+0020 to U+00FF" (IAM guide, quotas). The words are those
/// of IAM's ValidationError.
fn characters(scope: &Scope<'_>, findings: &mut Findings) {
    if !is_sent_to_iam(scope.kind) || scope.policy.text.is_ascii() {
        return;
    }
    let outside = scope.policy.text.char_indices().find(|(_, character)| '\u{ff}' < *character);
    if let Some((at, character)) = outside {
        let message = "The specified value for policyDocument is invalid. It must contain only printable ASCII characters.";
        let hint = format!("write `{character}` as an escape: \\u{:04x}", u32::from(character));
        let span = span_at(at, character.len_utf8());
        findings.report(Problem::rejected("document-characters", message, span).hint(hint));
    }
}

fn is_sent_to_iam(kind: PolicyKind) -> bool {
    match kind {
        PolicyKind::Identity
        | PolicyKind::Group
        | PolicyKind::Boundary
        | PolicyKind::Session
        | PolicyKind::Trust => true,
        PolicyKind::ServiceControl
        | PolicyKind::ResourceControl
        | PolicyKind::Resource
        | PolicyKind::Endpoint => false,
    }
}

/// Kinds with one quota whatever they are attached to; what a managed or embedded policy may measure depends on its
/// carrier, see [`quota::Carrier`].
fn size(scope: &Scope<'_>, findings: &mut Findings) {
    let carrier = match scope.kind {
        PolicyKind::Session => quota::Carrier::Session,
        PolicyKind::Trust => quota::Carrier::Trust,
        PolicyKind::ServiceControl => quota::Carrier::ServiceControl,
        PolicyKind::ResourceControl => quota::Carrier::ResourceControl,
        PolicyKind::Identity
        | PolicyKind::Group
        | PolicyKind::Boundary
        | PolicyKind::Resource
        | PolicyKind::Endpoint => return,
    };
    let quota = carrier.quota();
    let size = quota.size(&scope.policy.text);
    if quota.maximum < size {
        let end = scope.policy.text.len();
        let message = quota.message(size);
        let hint = format!("{size} characters are counted; the quota is {}", quota.maximum);
        let problem = Problem::rejected("policy-too-large", message, span_at(0, end));
        findings.report(problem.hint(hint));
    }
}

fn span_at(start: usize, length: usize) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(offset(start), offset(start + length))
}
