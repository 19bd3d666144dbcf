//! Which layers a case has, and how many policies each.

use serde_json::{Value, json};

use crate::decisions::case::{Case, ResourceControlLevel, ServiceControlLevel};
use crate::decisions::choices::Choices;

use super::statement::{self, Kind, Scene};

/// Gives the case its policies.
pub(super) fn fill(case: &mut Case, choices: &mut Choices<'_>) {
    let action = case.request.action_names.first().cloned().unwrap_or_default();
    let resource = case.request.resource_arns.first().cloned().unwrap_or_default();
    let scene = Scene { action: &action, resource: &resource };
    case.request.policy_input_list = policies(choices, &scene, Kind::Identity);
    if choices.chance(25) {
        case.request.permissions_boundary_policy_input_list = open_policies(choices, &scene, Kind::Boundary);
    }
    let is_federated = case.request.caller_arn.as_ref().is_some_and(|arn| arn.contains("federated-user"));
    if choices.chance(if is_federated { 80 } else { 15 }) {
        case.request.session_policy_input_list = open_policies(choices, &scene, Kind::Identity);
    }
    service_control(case, choices, &scene);
    if choices.chance(15) {
        let policies = policies(choices, &scene, Kind::ResourceControl);
        case.request.ordered_resource_control_policy_input_list =
            vec![ResourceControlLevel { resource_control_policy_input_list: policies }];
    }
    if choices.chance(50) {
        case.request.resource_policy = Some(statement::policy(choices, &scene, Kind::Resource));
    }
    if choices.chance(8) {
        case.request.endpoint_policy_input_list = open_policies(choices, &scene, Kind::Endpoint);
    }
    gaps(case, choices);
}

fn service_control(case: &mut Case, choices: &mut Choices<'_>, scene: &Scene<'_>) {
    if !choices.chance(30) {
        return;
    }
    for _ in 0..=choices.below(2) {
        let policies = open_policies(choices, scene, Kind::Identity);
        let level = ServiceControlLevel { service_control_policy_input_list: policies };
        case.request.ordered_organization_policy_input_list.push(level);
    }
}

/// One policy, or two.
fn policies(choices: &mut Choices<'_>, scene: &Scene<'_>, kind: Kind) -> Vec<Value> {
    let first = statement::policy(choices, scene, kind);
    if choices.chance(25) { vec![first, statement::policy(choices, scene, kind)] } else { vec![first] }
}

/// Policies of a layer that must allow: beside the generated one, mostly one that allows everything.
fn open_policies(choices: &mut Choices<'_>, scene: &Scene<'_>, kind: Kind) -> Vec<Value> {
    let mut policies = policies(choices, scene, kind);
    if choices.chance(65) {
        let open = match kind {
            Kind::Endpoint => json!({"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}),
            Kind::Identity | Kind::Boundary | Kind::ResourceControl | Kind::Resource => {
                json!({"Effect": "Allow", "Action": "*", "Resource": "*"})
            }
        };
        policies.push(json!({"Version": "2012-10-17", "Statement": [open]}));
    }
    policies
}

fn gaps(case: &mut Case, choices: &mut Choices<'_>) {
    if !choices.chance(10) {
        return;
    }
    let layers =
        ["Identity", "Boundary", "Session", "ServiceControl", "ResourceControl", "Resource", "Endpoint"];
    case.facts.gaps = vec![choices.pick(&layers).to_owned()];
    if choices.chance(20) {
        case.facts.empty = vec![choices.pick(&["Boundary", "Session"]).to_owned()];
    }
}
