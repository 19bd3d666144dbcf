//! What in policies asks for MFA: the guardrail, whoever wrote it.

use std::sync::Arc;

use portcullis_iam::{Effect, Policy, PolicySet, Statement};

use crate::documents;

/// Whether the statement denies for lack of MFA.
pub(crate) fn denies(statement: &Statement) -> bool {
    statement.effect == Effect::Deny && asks(statement)
}

/// Whether one of the statement's conditions is about MFA.
pub(crate) fn asks(statement: &Statement) -> bool {
    statement.conditions.iter().any(|condition| is_mfa(condition.key.as_str()))
}

/// The policies without what asks for MFA: without Denies for lack of it, and with Allows that do not ask. None when
/// nothing asks for it.
pub(crate) fn stripped(policies: &PolicySet) -> Option<PolicySet> {
    documents::statements(policies).any(|(_, statement)| asks(statement)).then(|| {
        documents::mapped(policies, &|attached| match attached.policy.statements.iter().any(asks) {
            true => Arc::new(without(&attached.policy)),
            false => attached.policy.clone(),
        })
    })
}

fn without(policy: &Policy) -> Policy {
    let mut policy = policy.clone();
    policy.statements.retain(|statement| !denies(statement));
    for statement in &mut policy.statements {
        statement.conditions.retain(|condition| !is_mfa(condition.key.as_str()));
    }
    policy
}

/// Whether the key says something of MFA.
pub(crate) fn is_mfa(key: &str) -> bool {
    key.starts_with("aws:multifactorauth")
}
