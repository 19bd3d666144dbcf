//! A service control policy that asks roles for MFA, which they cannot have.

use portcullis_finding::Severity;
use portcullis_iam::{PolicyKind, Statement};

use crate::reading::scene::{Home, Scene};
use crate::reading::{Flaw, LintRule, Subject, edit, question};
use crate::standing::Mfa;

pub(super) const RULE: LintRule =
    LintRule::new("scp-hits-roles", Severity::High, include_str!("scp-hits-roles.md"), look);

/// Roles of workloads, of AWS services and of IAM Identity Center, in words.
const ROLES: [(&str, &str); 3] = [
    ("role/app", "a role of a workload"),
    ("role/service-role/build", "a role that a service assumes"),
    (
        "role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef",
        "a session of IAM Identity Center",
    ),
];

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    if subject.document.kind != PolicyKind::ServiceControl {
        return Vec::new();
    }
    let flaws = subject.guards().filter_map(|(at, statement, _)| {
        let hit: Vec<_> = ROLES.into_iter().filter(|(role, _)| is_hit(subject, at, statement, role)).collect();
        let (_, first) = hit.first()?;
        let others = if hit.len() == ROLES.len() { "every role" } else { first };
        let span = edit::condition_key(&subject.policy.text, statement);
        let flaw = Flaw::new(span, format!("stops {others}: no role's session carries MFA"))
            .label("nothing here aims at users")
            .note("MFA counts when a role is assumed; its session's requests carry the key as false, or not at all")
            .help("aim at users: \"ArnLike\": {\"aws:PrincipalArn\": \"arn:aws:iam::*:user/*\"}");
        Some(flaw)
    });
    flaws.collect()
}

/// Whether the Deny stops a request of the role.
fn is_hit(subject: &Subject<'_>, at: usize, statement: &Statement, role: &str) -> bool {
    let arn = Home::of(subject.policy).arn(role);
    let scene = arn.and_then(|arn| subject.under(Scene::of_role(&arn, &subject.open), statement));
    let hits = |scene: &Scene| {
        scene.assumed.is_empty()
            && [Mfa::Absent, Mfa::False].into_iter().any(|mfa| question::stops(subject, at, scene, mfa))
    };
    scene.as_ref().is_some_and(hits)
}
