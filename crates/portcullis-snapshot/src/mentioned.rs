//! The condition keys that policies mention.

use std::collections::BTreeSet;

use portcullis_iam::condition::Matcher;
use portcullis_iam::pattern::{Pattern, Wildcards};
use portcullis_iam::{ContextKey, Layer, Policy, PolicySet, Statement};

/// Every condition key that a policy of the set tests, or has as a variable.
pub fn keys(policies: &PolicySet) -> BTreeSet<ContextKey> {
    let levels = policies.service_control.iter().chain(&policies.resource_control).map(|level| &level.layer);
    let single = [&policies.boundary, &policies.session, &policies.resource, &policies.endpoint];
    let layers = levels.chain(single.into_iter().flatten()).chain([&policies.identity]);
    layers.flat_map(of_layer).collect()
}

fn of_layer(layer: &Layer) -> impl Iterator<Item = ContextKey> {
    layer.policies.iter().flat_map(|attached| {
        let policy = &*attached.policy;
        policy.statements.iter().flat_map(|statement| of_statement(policy, statement))
    })
}

fn of_statement(policy: &Policy, statement: &Statement) -> Vec<ContextKey> {
    let mut keys = Vec::new();
    for condition in &statement.conditions {
        let matcher = Matcher::new(condition, policy.version);
        keys.push(matcher.key().clone());
        keys.extend(matcher.variables().cloned());
    }
    for pattern in statement.resource.iter().flat_map(|clause| &clause.patterns) {
        let pattern = Pattern::parse(&pattern.value, policy.version, Wildcards::Active);
        keys.extend(pattern.keys().cloned());
    }
    keys
}
