//! Requests made from a policy's own words, so that its statements match, nearly match, or depend on a key.

use std::sync::Arc as Shared;

use portcullis_iam::catalog::catalog;
use portcullis_iam::condition::Condition;
use portcullis_iam::policy::Statement;
use portcullis_iam::policy_set::{Attached, Level};
use portcullis_iam::principal::PrincipalEntry;
use portcullis_iam::{
    Action, Arn, Caller, Context, Credential, KeyState, Layer, Policy, PolicyKind, PolicySet, Request,
    SourceKind, Values, parse,
};

use super::choices::Choices;
use super::read::Input;

/// Requests per statement.
const REQUESTS: usize = 6;

/// Decisions to make on one policy: the policy where its kind belongs, and requests in its own words.
///
/// Where the policy only limits or only adds, everything else is allowed, so that it decides.
pub fn inputs(policy: &Shared<Policy>, kind: PolicyKind, choices: &mut Choices<'_>) -> Vec<Input> {
    let policies = around(policy, kind);
    let mut inputs = Vec::new();
    for statement in &policy.statements {
        for _ in 0..REQUESTS {
            if let Some(request) = request(policy, statement, kind, choices) {
                inputs.push(Input { request, policies: policies.clone() });
            }
        }
    }
    inputs
}

fn around(policy: &Shared<Policy>, kind: PolicyKind) -> PolicySet {
    let layer = || Layer { policies: vec![attached(Shared::clone(policy))], gaps: Vec::new() };
    let level = || vec![Level { name: "root".into(), layer: layer() }];
    let all = Layer { policies: everything().into_iter().map(attached).collect(), gaps: Vec::new() };
    let set = PolicySet { identity: all, ..PolicySet::default() };
    match kind {
        PolicyKind::Identity | PolicyKind::Group => PolicySet { identity: layer(), ..set },
        PolicyKind::Boundary => PolicySet { boundary: Some(layer()), ..set },
        PolicyKind::Session => PolicySet { session: Some(layer()), ..set },
        PolicyKind::ServiceControl => PolicySet { service_control: level(), ..set },
        PolicyKind::ResourceControl => PolicySet { resource_control: level(), ..set },
        PolicyKind::Resource | PolicyKind::Trust => {
            PolicySet { identity: Layer::default(), resource: Some(layer()), ..set }
        }
        PolicyKind::Endpoint => PolicySet { endpoint: Some(layer()), ..set },
    }
}

fn everything() -> Option<Shared<Policy>> {
    let text = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;
    parse::policy(text, PolicyKind::Identity).policy.map(Shared::new)
}

fn attached(policy: Shared<Policy>) -> Attached {
    Attached { id: "published".into(), source: SourceKind::Input, policy }
}

fn request(
    policy: &Policy,
    statement: &Statement,
    kind: PolicyKind,
    choices: &mut Choices<'_>,
) -> Option<Request> {
    let caller = caller(statement, choices);
    let mut context = Context::default();
    if let Caller::User(user) = &caller {
        context = context.with("aws:PrincipalArn", user.as_str()).with("aws:username", "alice");
    }
    for condition in policy.statements.iter().flat_map(|statement| &statement.conditions) {
        context.set(condition.key.clone(), state(condition, choices));
    }
    let resource = match kind {
        PolicyKind::Trust => "arn:aws:iam::111111111111:role/robot".to_owned(),
        _ => resource(statement, choices),
    };
    Some(Request {
        caller,
        credential: Credential::Unstated,
        action: action(statement, choices)?,
        resource_owner: Arn::parse(&resource).and_then(|arn| arn.account()),
        resource: resource.into(),
        context,
    })
}

/// An action that a pattern of the statement covers, or one of another statement's kind.
fn action(statement: &Statement, choices: &mut Choices<'_>) -> Option<Action> {
    let patterns = &statement.action.patterns;
    let pattern = patterns.get(choices.below(patterns.len()))?;
    let covered: Vec<String> = catalog()
        .actions_matching(&pattern.value)
        .map(|action| format!("{}:{}", action.service, action.name))
        .take(40)
        .collect();
    let name = match covered.get(choices.below(covered.len())) {
        Some(name) if !choices.chance(15) => name.clone(),
        _ => filled(&pattern.value, choices),
    };
    Action::parse(&name).or_else(|| Action::parse("s3:GetObject"))
}

fn resource(statement: &Statement, choices: &mut Choices<'_>) -> String {
    let patterns = statement.resource.iter().flat_map(|clause| &clause.patterns).collect::<Vec<_>>();
    match patterns.get(choices.below(patterns.len())) {
        Some(pattern) if !choices.chance(15) => filled(&pattern.value, choices),
        _ => "arn:aws:s3:::bucket/key".to_owned(),
    }
}

/// A text that the pattern matches, or nearly: wildcards and variables are replaced by some text.
fn filled(pattern: &str, choices: &mut Choices<'_>) -> String {
    let mut text = String::new();
    let mut rest = pattern;
    while let Some(next) = rest.chars().next() {
        if let Some((_, behind)) = rest.strip_prefix("${").and_then(|variable| variable.split_once('}')) {
            text.push_str(choices.pick(&["alice", "bob", "", "*"]));
            rest = behind;
            continue;
        }
        match next {
            '*' => text.push_str(choices.pick(&["a", "", "x:y/z", "111111111111"])),
            '?' => text.push_str(choices.pick(&["a", "ß", ""])),
            other => text.push(other),
        }
        rest = rest.strip_prefix(next).unwrap_or_default();
    }
    text
}

fn caller(statement: &Statement, choices: &mut Choices<'_>) -> Caller {
    let user = |text| Arn::parse(text).map_or(Caller::Anonymous, Caller::User);
    let entries = statement.principal.iter().flat_map(|clause| &clause.entries).collect::<Vec<_>>();
    let named = entries.get(choices.below(entries.len())).map(|entry| &entry.value);
    match named {
        Some(PrincipalEntry::Service(name)) if !choices.chance(20) => Caller::Service(name.clone()),
        // No caller is of an account without twelve digits, as some examples have it.
        Some(PrincipalEntry::Arn(arn)) if arn.contains(":user/") && has_account(arn) => user(arn),
        Some(PrincipalEntry::Account(account)) => user(&format!("arn:aws:iam::{account}:user/alice")),
        Some(
            PrincipalEntry::Everyone
            | PrincipalEntry::Arn(_)
            | PrincipalEntry::UniqueId(_)
            | PrincipalEntry::Service(_)
            | PrincipalEntry::Federated(_)
            | PrincipalEntry::CanonicalUser(_),
        )
        | None => user("arn:aws:iam::111111111111:user/alice"),
    }
}

fn has_account(arn: &str) -> bool {
    Arn::parse(arn).is_some_and(|arn| arn.account().is_some())
}

fn state(condition: &Condition, choices: &mut Choices<'_>) -> KeyState {
    let values = &condition.values;
    let value = values
        .get(choices.below(values.len()))
        .map_or_else(String::new, |value| filled(&value.value, choices));
    match choices.below(6) {
        0 => KeyState::Absent,
        1 => KeyState::Unknown,
        2 => KeyState::Known(Values::One("else".into())),
        3 => KeyState::Known(Values::Many(vec![value.into(), "else".into()])),
        _ => KeyState::Known(Values::One(value.into())),
    }
}
