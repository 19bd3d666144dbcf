//! Policies and statements.

use serde_json::{Map, Value, json};

use crate::decisions::choices::Choices;

use super::{condition, principal, words};

/// What the statements are about.
pub(super) struct Scene<'s> {
    pub(super) action: &'s str,
    pub(super) resource: &'s str,
}

/// What a policy is attached to, as far as its elements differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Identity,
    /// Only version 2012-10-17.
    Boundary,
    /// Only version 2012-10-17, only Deny, and `"Principal": "*"`.
    ResourceControl,
    /// With principals.
    Resource,
    /// With principals, mostly `*`.
    Endpoint,
}

/// A policy of one to three statements.
pub(super) fn policy(choices: &mut Choices<'_>, scene: &Scene<'_>, kind: Kind) -> Value {
    let count = 1 + [0, 0, 1, 2].get(choices.below(4)).copied().unwrap_or_default();
    let statements: Vec<Value> = (0..count).map(|_| statement(choices, scene, kind)).collect();
    match choices.below(8) {
        0 if kind == Kind::Identity || kind == Kind::Resource => json!({"Statement": statements}),
        1 if kind == Kind::Identity => json!({"Version": "2008-10-17", "Statement": statements}),
        _ => json!({"Version": "2012-10-17", "Statement": statements}),
    }
}

fn statement(choices: &mut Choices<'_>, scene: &Scene<'_>, kind: Kind) -> Value {
    let mut statement = Map::new();
    let is_deny = kind == Kind::ResourceControl || choices.chance(25);
    statement.insert("Effect".into(), json!(if is_deny { "Deny" } else { "Allow" }));
    principal_of(&mut statement, choices, kind, is_deny);
    let action = list(choices, |choices| words::action_pattern(choices, scene.action));
    statement.insert(either(choices, "Action", "NotAction", 12), action);
    let is_trust = kind == Kind::Resource && scene.action.starts_with("sts:");
    if !is_trust {
        let resource = list(choices, |choices| words::resource_pattern(choices, scene.resource));
        statement.insert(either(choices, "Resource", "NotResource", 12), resource);
    }
    if choices.chance(60) {
        statement.insert("Condition".into(), condition::block(choices));
    }
    Value::Object(statement)
}

fn principal_of(statement: &mut Map<String, Value>, choices: &mut Choices<'_>, kind: Kind, is_deny: bool) {
    match kind {
        Kind::Identity | Kind::Boundary => {}
        Kind::ResourceControl => {
            statement.insert("Principal".into(), json!("*"));
        }
        Kind::Endpoint if choices.chance(70) => {
            statement.insert("Principal".into(), json!("*"));
        }
        Kind::Resource | Kind::Endpoint => {
            let name =
                if is_deny { either(choices, "Principal", "NotPrincipal", 25) } else { "Principal".into() };
            statement.insert(name, principal::element(choices));
        }
    }
}

fn either(choices: &mut Choices<'_>, usual: &str, unusual: &str, percent: usize) -> String {
    if choices.chance(percent) { unusual.to_owned() } else { usual.to_owned() }
}

/// One value, or an array of one or two.
pub(super) fn list(choices: &mut Choices<'_>, mut one: impl FnMut(&mut Choices<'_>) -> String) -> Value {
    let first = one(choices);
    match choices.below(6) {
        0..=3 => json!(first),
        4 => json!([first]),
        _ => json!([first, one(choices)]),
    }
}
