//! Policies for calls whose resource is not known: each statement that is limited to some resources may or may not be about
//! the call.

use std::sync::Arc;

use portcullis_iam::condition::{Condition, Operator, Presence, Quantifier, Test};
use portcullis_iam::pattern::{ResourcePattern, ShortArn};
use portcullis_iam::policy::Clause;
use portcullis_iam::{ContextKey, Polarity, Policy, PolicySet, Span, Spanned, Statement, Version};

/// The key that is unknown in every such request. No policy of anybody names it: AWS has no such prefix.
pub(crate) const RESOURCE: &str = "portcullis:resource";

/// The policies with the resource of each statement made a condition on what is unknown.
pub(super) fn policies(policies: &PolicySet) -> PolicySet {
    let mut policies = policies.clone();
    let single = [&mut policies.boundary, &mut policies.session, &mut policies.endpoint];
    let levels = policies.service_control.iter_mut().map(|level| &mut level.layer);
    for layer in levels.chain(single.into_iter().flatten()).chain([&mut policies.identity]) {
        for attached in &mut layer.policies {
            if attached.policy.statements.iter().any(|own| is_limited(own, attached.policy.version)) {
                attached.policy = Arc::new(unlimited(&attached.policy));
            }
        }
    }
    policies
}

fn unlimited(policy: &Policy) -> Policy {
    let mut policy = policy.clone();
    let version = policy.version;
    for statement in policy.statements.iter_mut().filter(|own| is_limited(own, version)) {
        statement.resource = None;
        statement.conditions.push(open());
    }
    policy
}

/// Whether it is about some resources and not about others.
pub(crate) fn is_limited(statement: &Statement, version: Version) -> bool {
    statement.resource.as_ref().is_some_and(|clause| !is_everything(clause, version))
}

fn is_everything(clause: &Clause, version: Version) -> bool {
    clause.polarity == Polarity::Only
        && clause.patterns.iter().any(|pattern| {
            ResourcePattern::parse(&pattern.value, version, ShortArn::AsWritten).is_everything()
        })
}

/// A condition of which nobody knows whether it holds.
fn open() -> Condition {
    let operator =
        Operator { quantifier: Quantifier::Single, test: Test::StringEquals, presence: Presence::Required };
    let span = Span { start: 0, end: 0 };
    Condition {
        operator: Spanned { value: operator, span },
        key: ContextKey::new(RESOURCE),
        key_span: span,
        values: vec![Spanned { value: "known".into(), span }],
    }
}
