//! `MissingContextValues`: the condition keys that the policies ask for and the request does not give.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use portcullis_iam::pattern::{Pattern, Piece, Wildcards};
use portcullis_iam::policy::Clause;
use portcullis_iam::{ContextKey, Policy, PolicySet, Span, Statement, Version};

/// The missing keys of the policy sets that were asked about: many requests share one.
pub(super) struct Missing<'g> {
    given: &'g BTreeSet<ContextKey>,
    known: Vec<(Arc<PolicySet>, Arc<Vec<String>>)>,
}

impl<'g> Missing<'g> {
    /// Keys of `given` are not missing.
    pub(super) fn new(given: &'g BTreeSet<ContextKey>) -> Self {
        Self { given, known: Vec::new() }
    }

    /// The keys that are missing for a request under `set`.
    pub(super) fn of(&mut self, set: &Arc<PolicySet>) -> Arc<Vec<String>> {
        let found = self.known.iter().rev().take(MOST_SETS).find(|(known, _)| Arc::ptr_eq(known, set));
        if let Some((_, missing)) = found {
            return Arc::clone(missing);
        }
        let missing = Arc::new(keys(set, self.given));
        self.known.push((Arc::clone(set), Arc::clone(&missing)));
        missing
    }
}

/// How many sets are looked for: a request has few, but for those of a snapshot's roles.
const MOST_SETS: usize = 8;

/// The keys that the policies of `set` refer to, in a condition or a variable, and that are not in `given`: each in the
/// spelling of the policy, in order.
///
/// Keys of SCPs and RCPs alone are left out, as AWS leaves out those of SCPs "for security reasons".
fn keys(set: &PolicySet, given: &BTreeSet<ContextKey>) -> Vec<String> {
    let layers = [&set.boundary, &set.session, &set.resource, &set.endpoint];
    let layers = std::iter::once(&set.identity).chain(layers.into_iter().flatten());
    let mut found = BTreeMap::new();
    for attached in layers.flat_map(|layer| &layer.policies) {
        let policy = &attached.policy;
        policy.statements.iter().for_each(|statement| collect(policy, statement, &mut found));
    }
    found.into_iter().filter(|(key, _)| !given.contains(key)).map(|(_, name)| name).collect()
}

type Found = BTreeMap<ContextKey, String>;

fn collect(policy: &Policy, statement: &Statement, found: &mut Found) {
    for condition in &statement.conditions {
        let name = written(&policy.text, condition.key_span, &condition.key);
        found.entry(condition.key.clone()).or_insert_with(|| name.to_owned());
        condition.values.iter().for_each(|value| variables(&value.value, policy.version, found));
    }
    let clauses = statement.resource.iter().flat_map(|clause: &Clause| &clause.patterns);
    clauses.for_each(|pattern| variables(&pattern.value, policy.version, found));
}

/// The key as `text` spells it at `span`; as normalised when that is another spelling (with escapes).
pub(super) fn written<'t>(text: &'t str, span: Span, key: &'t ContextKey) -> &'t str {
    let written = span.of(text).trim_matches('"');
    if ContextKey::new(written) == *key { written } else { key.as_str() }
}

/// Adds the variables of a text. One that has a default needs no value.
fn variables(text: &str, version: Version, found: &mut Found) {
    if !text.contains("${") {
        return;
    }
    let Pattern::Varying(pieces) = Pattern::parse(text, version, Wildcards::Active) else { return };
    for piece in pieces {
        match piece {
            Piece::Variable(variable) if variable.default.is_none() => {
                let name = spelling(text, variable.key.as_str());
                found.entry(variable.key).or_insert(name);
            }
            Piece::Variable(_) | Piece::Part(_) => {}
        }
    }
}

/// The key as `text` spells it.
fn spelling(text: &str, key: &str) -> String {
    let start = text.to_ascii_lowercase().find(key).unwrap_or_default();
    text.get(start..start + key.len()).unwrap_or(key).to_owned()
}

#[cfg(test)]
mod tests {
    use portcullis_iam::{Attached, Layer, PolicyKind, SourceKind, parse};

    use super::*;

    fn layer(text: &str, kind: PolicyKind) -> Layer {
        let policy = parse::policy(text, kind).policy.unwrap().into();
        Layer {
            policies: vec![Attached { id: "p".into(), source: SourceKind::Input, policy }],
            gaps: Vec::new(),
        }
    }

    fn check(text: &str, given: &[&str], expected: &[&str]) {
        let set = PolicySet { identity: layer(text, PolicyKind::Identity), ..PolicySet::default() };
        let given = given.iter().map(|key| ContextKey::new(key)).collect();
        assert_eq!(keys(&set, &given), expected, "{text}");
    }

    #[test]
    fn keys_of_conditions_and_variables_that_are_not_given() {
        let text = r#"{"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::${aws:PrincipalTag/Team}/${x:y, 'z'}/${*}"},
            {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {
                "BoolIfExists": {"aws:MultiFactorAuthPresent": "false"},
                "StringEquals": {"AWS:multifactorauthpresent": "a", "s3:prefix": "${aws:username}"}}}]}"#;
        check(text, &["AWS:USERNAME"], &["aws:MultiFactorAuthPresent", "aws:PrincipalTag/Team", "s3:prefix"]);
        let literal = text.replace("2012-10-17", "2008-10-17");
        check(&literal, &["s3:prefix"], &["aws:MultiFactorAuthPresent"]);
    }

    #[test]
    fn keys_of_the_organization_alone_are_not_shown() {
        let text = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "*", "Resource": "*",
            "Condition": {"Bool": {"aws:SecureTransport": "false"}}}}"#;
        let level = |kind| vec![portcullis_iam::Level { name: "root".into(), layer: layer(text, kind) }];
        let hidden = PolicySet {
            service_control: level(PolicyKind::ServiceControl),
            resource_control: level(PolicyKind::ResourceControl),
            ..PolicySet::default()
        };
        assert!(keys(&hidden, &BTreeSet::new()).is_empty());
        let shown = PolicySet { boundary: Some(layer(text, PolicyKind::Boundary)), ..hidden };
        assert_eq!(keys(&shown, &BTreeSet::new()), ["aws:SecureTransport"]);
    }
}
