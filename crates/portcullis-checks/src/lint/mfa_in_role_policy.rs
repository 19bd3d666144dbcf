//! A role's own policy that asks for MFA, which no role's session carries.

use portcullis_finding::Severity;
use portcullis_iam::{Effect, PolicyKind};

use crate::reading::{Flaw, LintRule, Subject};
use crate::standing::Mfa;

pub(super) const RULE: LintRule =
    LintRule::new("mfa-in-role-policy", Severity::Medium, include_str!("mfa-in-role-policy.md"), look);

fn look(subject: &Subject<'_>) -> Vec<Flaw> {
    let is_identity = matches!(subject.document.kind, PolicyKind::Identity | PolicyKind::Group);
    if !is_identity || !subject.is_for_roles() {
        return Vec::new();
    }
    let flaws = subject.asking().filter_map(|(_, statement, profile)| {
        let message = match statement.effect {
            Effect::Allow if profile.asks_by_allow() => {
                "allows nothing to rely on: no role's session carries MFA"
            }
            Effect::Deny if profile.asks_by_deny() => {
                "denies the role everything here: no role's session carries MFA"
            }
            Effect::Allow | Effect::Deny => return None,
        };
        let test = subject.failing_test(statement, Mfa::Absent)?;
        let flaw = Flaw::new(test.key_span, message)
            .label("absent or false in every session of a role")
            .help("ask for MFA in the role's trust policy: it counts when the role is assumed");
        Some(flaw)
    });
    flaws.collect()
}
