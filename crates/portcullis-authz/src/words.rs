//! What an explanation says, in sentences.

use portcullis_iam::catalog::{KeyType, catalog};
use portcullis_iam::condition::{Operator, Presence};
use portcullis_iam::{ContextKey, Effect, KeyState, Policy, PolicySet, Request, Values};

use crate::decide::decide;
use crate::decision::{Access, Answer};
use crate::explain::{Element, Reason, StatementReport};
use crate::layer::LayerKind;

/// What decided, where no statement shows it.
pub fn reason(reason: &Reason) -> Option<String> {
    match reason {
        Reason::Service(rule) => Some(format!("before any policy is asked: {rule}")),
        Reason::ImplicitDeny { layer, level } => Some(lacking(*layer, level.as_deref())),
        Reason::Allowed { by: None } => Some("the root user has full access".to_owned()),
        Reason::ExplicitDeny | Reason::Allowed { by: Some(_) } | Reason::Undetermined => None,
    }
}

fn lacking(layer: LayerKind, level: Option<&str>) -> String {
    format!("implicitly denied: {}", silent(layer, level))
}

/// That nothing in a layer allows, as a fragment: `no identity policy of the caller allows it`.
pub fn silent(layer: LayerKind, level: Option<&str>) -> String {
    let silent = match layer {
        LayerKind::ResourceControl => "no resource control policy allows it",
        LayerKind::ServiceControl => "no service control policy allows it",
        LayerKind::Resource => {
            "the resource's own policy (for a role: its trust policy) must allow it, and does not"
        }
        LayerKind::Identity => "no identity policy of the caller allows it",
        LayerKind::Boundary => "the permissions boundary does not allow it",
        LayerKind::Session => "no session policy allows it",
        LayerKind::Endpoint => "the policy of the VPC endpoint does not allow it",
    };
    match level {
        Some(level) => format!("{silent} at level `{level}`"),
        None => silent.to_owned(),
    }
}

/// The name of a statement.
pub fn statement(report: &StatementReport) -> String {
    let effect = match report.effect {
        Effect::Allow => "Allow",
        Effect::Deny => "Deny",
    };
    match &report.sid {
        Some(sid) => format!("{effect} `{sid}`"),
        None => format!("{effect} statement {}", report.index + 1),
    }
}

/// Why a statement is not about the request; none when it is.
pub fn mismatch(report: &StatementReport, policy: Option<&Policy>) -> Option<String> {
    let mismatch = report.mismatch.as_ref()?;
    Some(match &mismatch.element {
        Element::Layer => "policies of this kind do not bind this request".to_owned(),
        Element::Principal => "it is about other principals".to_owned(),
        Element::Action => "it is about other actions".to_owned(),
        Element::Resource => "it is about other resources".to_owned(),
        Element::Condition(condition) => {
            let written = policy.map_or(condition.key.as_str(), |policy| condition.key_span.of(&policy.text));
            let key = written.trim_matches('"');
            let wanted: Vec<String> = condition.wanted.iter().map(|value| format!("`{value}`")).collect();
            let state = state(&condition.actual);
            format!("{} {key} asks for {}, and the key is {state}", condition.operator, wanted.join(" or "))
        }
    })
}

/// How far a statement that does not match is from matching.
pub fn distance(report: &StatementReport) -> u8 {
    match report.mismatch.as_ref().map(|mismatch| &mismatch.element) {
        None | Some(Element::Condition(_)) => 0,
        Some(Element::Resource) => 1,
        Some(Element::Principal) => 2,
        Some(Element::Action) => OTHER_ACTION,
        Some(Element::Layer) => 4,
    }
}

/// The distance of a statement about other actions.
pub const OTHER_ACTION: u8 = 3;

/// What the request has for a key.
pub fn state(state: &KeyState) -> String {
    match state {
        KeyState::Absent => "absent".to_owned(),
        KeyState::Unknown => "unknown".to_owned(),
        KeyState::Known(Values::One(value)) => format!("`{value}`"),
        KeyState::Known(Values::Many(values)) => {
            let values: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
            format!("a list: {}", values.join(", "))
        }
    }
}

/// What an operator meets in the request.
pub fn met(operator: Operator, found: &KeyState) -> String {
    match (operator.presence, found) {
        (Presence::IfExists, KeyState::Absent) => "absent, which IfExists takes for a match".to_owned(),
        (Presence::IfExists | Presence::Required, _) => state(found),
    }
}

/// What would settle an answer that depends on what is unknown.
pub fn settle(request: &Request, policies: &PolicySet, answer: &Answer) -> Vec<String> {
    let keys = answer.unsettled.keys.iter().map(|key| match trial((request, policies), key) {
        Some(outcomes) => format!("{} decides: {outcomes}", spelling(key)),
        None => format!("the value of {} would settle it", spelling(key)),
    });
    let gaps =
        answer.unsettled.gaps.iter().map(|gap| format!("what could not be read would settle it: {}", gap.0));
    keys.chain(gaps).collect()
}

/// What the answer is in each state of a boolean key.
fn trial((request, policies): (&Request, &PolicySet), key: &ContextKey) -> Option<String> {
    let info = catalog().condition_key(key.as_str())?;
    if info.key_type != KeyType::Bool {
        return None;
    }
    let states = [("absent", KeyState::Absent), ("false", known("false")), ("true", known("true"))];
    let outcomes = states.map(|(name, state)| {
        let mut request = request.clone();
        request.context.set(key.clone(), state);
        let access = match decide(&request, policies).access() {
            Access::Allowed => "allowed",
            Access::Denied => "denied",
            Access::Undetermined => "still undetermined",
        };
        format!("{access} when {name}")
    });
    Some(outcomes.join(", "))
}

fn known(value: &str) -> KeyState {
    KeyState::Known(Values::One(value.into()))
}

/// The key in the spelling of AWS, where AWS has one.
pub fn spelling(key: &ContextKey) -> String {
    let known =
        catalog().condition_key(key.as_str()).map(|info| info.name).filter(|name| !name.contains('$'));
    known.unwrap_or(key.as_str()).to_owned()
}
