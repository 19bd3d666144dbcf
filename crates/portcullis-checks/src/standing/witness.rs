//! A request that passes without MFA, as evidence.

use portcullis_authz::explain::{Element, StatementReport};
use portcullis_authz::{Truth, explain};
use portcullis_finding::{Evidence, Origin};
use portcullis_iam::{Effect, PolicySet, Request};

use super::context::Mfa;

/// What passes on the resource as it is shown, the statements that allow it, and those that ask for MFA and are passed by.
pub(super) fn evidence(request: &Request, policies: &PolicySet, resource: &str, mfa: Mfa) -> Vec<Evidence> {
    let explanation = explain(request, policies);
    let state = match mfa {
        Mfa::Absent => "absent (an access key)",
        Mfa::False => "false (a session without MFA)",
        Mfa::True => "true",
    };
    let passes =
        format!("{} on {resource} is allowed with aws:MultiFactorAuthPresent {state}", request.action);
    let allowing =
        explanation.deciding().take(SHOWN).map(|statement| place(statement, "this statement allows it"));
    let spared = explanation.statements.iter().filter(|statement| is_spared(statement));
    let spared = spared
        .take(SHOWN)
        .map(|statement| place(statement, "this statement asks for MFA and does not see it"));
    [Evidence::decision(passes)].into_iter().chain(allowing).chain(spared).collect()
}

/// Whether the statement denies for lack of MFA, but not this request.
fn is_spared(statement: &StatementReport) -> bool {
    statement.effect == Effect::Deny
        && statement.applies == Truth::False
        && statement.mismatch.as_ref().is_some_and(|mismatch| match &mismatch.element {
            Element::Condition(condition) => condition.key.as_str().starts_with("aws:multifactorauth"),
            Element::Layer | Element::Principal | Element::Action | Element::Resource => false,
        })
}

fn place(statement: &StatementReport, fact: &str) -> Evidence {
    Evidence {
        fact: fact.into(),
        origin: Origin::Statement {
            policy: statement.policy.clone(),
            sid: statement.sid.clone(),
            position: statement.start,
        },
    }
}

/// How many statements of a kind are named.
const SHOWN: usize = 3;
