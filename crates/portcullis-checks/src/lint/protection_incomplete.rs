//! Statements that protect a policy from some of what undoes it, and not from the rest.

use portcullis_finding::Severity;
use portcullis_iam::PolicyKind;

use crate::reading::protection::{self, DELETE, DETACH, Protected, REWRITE};
use crate::reading::{Flaw, LintRule, Subject, boundary, edit};

pub(super) const RULE: LintRule =
    LintRule::new("protection-incomplete", Severity::Medium, include_str!("protection-incomplete.md"), look);

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    let can_protect = match subject.document.kind {
        PolicyKind::Identity | PolicyKind::Group | PolicyKind::Boundary | PolicyKind::ServiceControl => true,
        PolicyKind::ResourceControl
        | PolicyKind::Session
        | PolicyKind::Resource
        | PolicyKind::Trust
        | PolicyKind::Endpoint => false,
    };
    if !can_protect {
        return Vec::new();
    }
    let policies = protection::policies(subject);
    let flaws = policies.iter().filter_map(|protected| flaw(subject, protected));
    flaws.chain(boundary::half_kept(subject).iter().map(of_boundary)).collect()
}

fn flaw(subject: &Subject<'_>, protected: &Protected<'_, '_>) -> Option<Flaw> {
    let (open, severity) = undone_by(subject, protected);
    let first = open.first()?;
    let message = format!("protects `{}`, and leaves open {}", protected.name(), edit::list(&open));
    let flaw = Flaw::new(protected.named.span, message).severity(severity).note(why(first));
    Some(if DETACH.contains(first) && names_in_vain(protected) {
        flaw.label("not what detaching is authorised on").help(
            "deny detaching on `*` with \"ArnEquals\": {\"iam:PolicyARN\": \"...\"}: its resource is the user or group",
        )
    } else {
        flaw.label("protected from the rest")
            .help("deny all of them in one statement, to everybody but those who may")
    })
}

/// What undoes the policy all the same, and how sure it is that this is meant to be closed.
fn undone_by(subject: &Subject<'_>, protected: &Protected<'_, '_>) -> (Vec<&'static str>, Severity) {
    let rewrite = protected.open(&REWRITE);
    let keeps_text = !protected.closed(&[REWRITE, DELETE].concat()).is_empty();
    let keeps_uses = !protected.closed(&DETACH).is_empty() || names_in_vain(protected);
    let is_for_others = !keeps_uses && protection::may_be_for_others(subject, protected);
    let detach = if is_for_others { Vec::new() } else { protected.open(&DETACH) };
    // Where no statement is about detaching, users may not have the policy at all.
    let is_sure = keeps_uses || !rewrite.is_empty();
    let undo = [rewrite, detach].concat();
    match (undo.is_empty(), is_sure) {
        (false, true) => (undo, Severity::Medium),
        (false, false) => (undo, Severity::Low),
        (true, _) if keeps_text => (protected.open(&DELETE), Severity::Low),
        (true, _) => (undo, Severity::Low),
    }
}

/// Whether detaching is denied on the policy, on which it is never authorised.
fn names_in_vain(protected: &Protected<'_, '_>) -> bool {
    DETACH.iter().any(|action| protected.names_by_resource(action))
}

fn why(action: &str) -> &'static str {
    match action {
        "iam:CreatePolicyVersion" => "a new version with another text becomes the default at once",
        "iam:SetDefaultPolicyVersion" => {
            "an older version, from before the protection, becomes the default again"
        }
        "iam:DetachUserPolicy" | "iam:DetachGroupPolicy" => "a policy that is detached protects nobody",
        "iam:RemoveUserFromGroup" => {
            "who leaves the group leaves its policies, for which this needs no other right"
        }
        _ => "what is deleted cannot be brought back, though nothing opens by it alone",
    }
}

fn of_boundary(half: &boundary::Half<'_>) -> Flaw {
    Flaw::new(half.named.span, format!("protects permissions boundaries, and leaves open `{}`", half.open))
        .label("denied")
        .note("a boundary is undone by deleting it and by putting a wider one in its place")
        .help(format!(
            "deny `{}` too, or any boundary but the right one by `iam:PermissionsBoundary`",
            half.open
        ))
}
