//! From a case to a request and the policies that apply to it.

use std::sync::Arc as Shared;

use portcullis_iam::policy_set::{Attached, Level};
use portcullis_iam::request::{FederatedSession, RoleSession};
use portcullis_iam::{
    AccountId, Action, Arn, Caller, Context, ContextKey, Credential, Gap, KeyState, Layer, PolicyKind,
    PolicySet, Request, SourceKind, Values, parse,
};
use serde_json::Value;

use super::case::{Case, ContextEntry, Facts, Simulation};

/// A request and the policies that apply to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// The request.
    pub request: Request,
    /// The policies.
    pub policies: PolicySet,
}

/// Why a case cannot be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Unreadable(pub String);

/// The request and policies of `case`.
pub fn input(case: &Case) -> Result<Input, Unreadable> {
    let caller = caller(&case.request, &case.facts)?;
    let request = request(&case.request, &case.facts, caller)?;
    let policies = policies(&case.request, &case.facts, &request)?;
    Ok(Input { request, policies })
}

fn request(simulation: &Simulation, facts: &Facts, caller: Caller) -> Result<Request, Unreadable> {
    let action = simulation.action_names.first().and_then(|name| Action::parse(name)).ok_or(no("action"))?;
    let resource = simulation.resource_arns.first().map_or("*", String::as_str);
    let own_account = Arn::parse(resource).and_then(|arn| arn.account());
    let stated = simulation.resource_owner.as_deref().and_then(account);
    Ok(Request {
        caller,
        credential: credential(facts)?,
        action,
        resource: resource.into(),
        resource_owner: own_account.or(stated),
        context: context(simulation)?,
    })
}

fn account(text: &str) -> Option<AccountId> {
    AccountId::parse(text).or_else(|| Arn::parse(text)?.account())
}

fn credential(facts: &Facts) -> Result<Credential, Unreadable> {
    match facts.credential.as_deref() {
        None => Ok(Credential::Unstated),
        Some("LongTermKey") => Ok(Credential::LongTermKey),
        Some("Console") => Ok(Credential::Console),
        Some("SessionToken") => Ok(Credential::SessionToken),
        Some("FederationToken") => Ok(Credential::FederationToken),
        Some("RoleSession") => Ok(Credential::RoleSession),
        Some(other) => Err(Unreadable(format!("unknown credential `{other}`"))),
    }
}

fn caller(simulation: &Simulation, facts: &Facts) -> Result<Caller, Unreadable> {
    let text = simulation.caller_arn.as_deref().unwrap_or(ALICE);
    let Some(arn) = Arn::parse(text) else {
        return Ok(if text == "*" { Caller::Anonymous } else { Caller::Service(text.into()) });
    };
    let resource = arn.resource().to_owned();
    match resource.split_once('/') {
        None if resource == "root" => Ok(Caller::Root(arn)),
        Some(("user", _)) => Ok(Caller::User(arn)),
        Some(("role", _)) => Ok(Caller::Role(RoleSession { role: arn, session_name: None })),
        Some(("assumed-role", rest)) => role_session(&arn, rest, facts),
        Some(("federated-user", _)) => {
            let issuer = facts.issuer_arn.as_deref().and_then(Arn::parse);
            Ok(Caller::FederatedUser(FederatedSession { session: arn, issuer }))
        }
        _ => Err(Unreadable(format!("no principal: `{text}`"))),
    }
}

fn role_session(session: &Arn, rest: &str, facts: &Facts) -> Result<Caller, Unreadable> {
    let (name, session_name) = rest.split_once('/').ok_or(no("session name"))?;
    let short = format!("arn:{}:iam::{}:role/{name}", session.partition(), session.account_part());
    let role = Arn::parse(facts.role_arn.as_deref().unwrap_or(&short)).ok_or(no("role"))?;
    Ok(Caller::Role(RoleSession { role, session_name: Some(session_name.into()) }))
}

fn context(simulation: &Simulation) -> Result<Context, Unreadable> {
    let mut context = Context::default();
    for entry in &simulation.context_entries {
        context.set(ContextKey::new(&entry.context_key_name), KeyState::Known(values(entry)?));
    }
    for key in &simulation.unknown_context_keys {
        context.set(ContextKey::new(key), KeyState::Unknown);
    }
    Ok(context)
}

fn values(entry: &ContextEntry) -> Result<Values, Unreadable> {
    let values = &entry.context_key_values;
    if entry.context_key_type.ends_with("List") {
        return Ok(Values::Many(values.iter().map(|value| value.as_str().into()).collect()));
    }
    match values.as_slice() {
        [value] => Ok(Values::One(value.as_str().into())),
        _ => Err(Unreadable(format!("`{}` needs one value", entry.context_key_name))),
    }
}

fn policies(simulation: &Simulation, facts: &Facts, request: &Request) -> Result<PolicySet, Unreadable> {
    let is_trust = request.action.service() == "sts" && request.resource.contains(":role/");
    let resource_kind = if is_trust { PolicyKind::Trust } else { PolicyKind::Resource };
    let resource: Vec<Value> = simulation.resource_policy.iter().cloned().collect();
    let scps = simulation.ordered_organization_policy_input_list.iter();
    let rcps = simulation.ordered_resource_control_policy_input_list.iter();
    let boundary = &simulation.permissions_boundary_policy_input_list;
    let session = &simulation.session_policy_input_list;
    Ok(PolicySet {
        identity: layer(&simulation.policy_input_list, PolicyKind::Identity, "Identity", facts)?,
        boundary: optional(layer(boundary, PolicyKind::Boundary, "Boundary", facts)?, "Boundary", facts),
        session: optional(layer(session, PolicyKind::Session, "Session", facts)?, "Session", facts),
        service_control: scps
            .map(|scps| level(&scps.service_control_policy_input_list, PolicyKind::ServiceControl, facts))
            .collect::<Result<_, _>>()?,
        resource_control: rcps
            .map(|rcps| level(&rcps.resource_control_policy_input_list, PolicyKind::ResourceControl, facts))
            .collect::<Result<_, _>>()?,
        resource: optional(layer(&resource, resource_kind, "Resource", facts)?, "Resource", facts),
        endpoint: optional(
            layer(&simulation.endpoint_policy_input_list, PolicyKind::Endpoint, "Endpoint", facts)?,
            "Endpoint",
            facts,
        ),
        management_account: simulation.management_account.as_deref().and_then(account),
    })
}

fn optional(layer: Layer, name: &str, facts: &Facts) -> Option<Layer> {
    let is_there = layer != Layer::default() || facts.empty.iter().any(|empty| empty == name);
    is_there.then_some(layer)
}

fn level(documents: &[Value], kind: PolicyKind, facts: &Facts) -> Result<Level, Unreadable> {
    let name = if kind == PolicyKind::ServiceControl { "ServiceControl" } else { "ResourceControl" };
    Ok(Level { name: "".into(), layer: layer(documents, kind, name, facts)? })
}

fn layer(documents: &[Value], kind: PolicyKind, name: &str, facts: &Facts) -> Result<Layer, Unreadable> {
    let policies = documents.iter().zip(1..).map(|(document, number)| {
        let text = document.as_str().map_or_else(|| document.to_string(), str::to_owned);
        let parsed = parse::policy(&text, kind);
        let policy = parsed.policy.ok_or_else(|| Unreadable(format!("{text}: {:?}", parsed.problems)))?;
        let id = format!("{name}.{number}");
        Ok(Attached { id: id.into(), source: SourceKind::Input, policy: Shared::new(policy) })
    });
    let gap = facts.gaps.iter().filter(|gap| *gap == name);
    Ok(Layer {
        policies: policies.collect::<Result<_, _>>()?,
        gaps: gap.map(|name| Gap(format!("a policy of {name}").into())).collect(),
    })
}

fn no(what: &str) -> Unreadable {
    Unreadable(format!("no {what}"))
}

/// Who calls when a case names nobody.
const ALICE: &str = "arn:aws:iam::111111111111:user/alice";
