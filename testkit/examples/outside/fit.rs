//! Generated cases made fit for the other engine, which refuses more than AWS's simulator does.

use serde_json::Value;
use testkit::decisions::{Case, Facts, Simulation};

/// The case without what the other engine has no words for. It stays a case like any other: both engines get it.
pub(crate) fn fitted(mut case: Case) -> Case {
    let facts = Facts::default();
    let action = case.request.action_names.first().cloned().unwrap_or_default();
    let service = action.split(':').next().unwrap_or_default().to_owned();
    let request = &mut case.request;
    request.unknown_context_keys.clear();
    // Keys of a service are refused on the actions of others.
    request.context_entries.retain(|entry| match entry.context_key_name.as_str() {
        "s3:prefix" => action == "s3:ListBucket",
        name => !name.starts_with("kms:"),
    });
    if request.caller_arn.as_ref().is_some_and(|arn| arn.contains(":user/") || arn.ends_with(":root")) {
        request.session_policy_input_list.clear();
    }
    documents(request).for_each(|document| policy(document, "*"));
    let rcps = &mut request.ordered_resource_control_policy_input_list;
    for document in rcps.iter_mut().flat_map(|level| &mut level.resource_control_policy_input_list) {
        policy(document, &format!("{service}:*"));
    }
    Case { facts, ..case }
}

fn documents(request: &mut Simulation) -> impl Iterator<Item = &mut Value> {
    let scps = request.ordered_organization_policy_input_list.iter_mut();
    request
        .policy_input_list
        .iter_mut()
        .chain(&mut request.permissions_boundary_policy_input_list)
        .chain(&mut request.session_policy_input_list)
        .chain(&mut request.endpoint_policy_input_list)
        .chain(&mut request.resource_policy)
        .chain(scps.flat_map(|level| &mut level.service_control_policy_input_list))
}

/// Of one version, so that policies can be merged; actions that the engine takes, `any` in place of the others.
fn policy(document: &mut Value, any: &str) {
    let Some(policy) = document.as_object_mut() else { return };
    policy.insert("Version".to_owned(), "2012-10-17".into());
    let statements = policy.get_mut("Statement").and_then(Value::as_array_mut).into_iter().flatten();
    for statement in statements.filter_map(Value::as_object_mut) {
        if any != "*"
            && let Some(actions) = statement.remove("NotAction")
        {
            statement.insert("Action".to_owned(), actions);
        }
        for name in ["Action", "NotAction"] {
            match statement.get_mut(name) {
                Some(Value::Array(patterns)) => patterns.iter_mut().for_each(|one| action(one, any)),
                Some(one) => action(one, any),
                None => {}
            }
        }
    }
}

fn action(pattern: &mut Value, any: &str) {
    let text = pattern.as_str().unwrap_or_default();
    let is_taken = match text.split_once(':') {
        Some((service, name)) => !service.contains(['*', '?']) && !name.is_empty(),
        None => text == any,
    };
    if !is_taken {
        *pattern = any.into();
    }
}
