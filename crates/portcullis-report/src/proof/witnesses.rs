//! Witnesses as requests of `portcullis simulate`: one JSON object a line, for its `--batch`.

use std::io;

use portcullis_finding::Proof;
use portcullis_finding::proof::{KeySource, ShownKey, ShownWitness};
use portcullis_iam::{AccountId, Values};
use serde::Serialize;

/// Writes every request of every counterexample, one a line, in the order of the report, and after those of the first
/// principal those of each other one.
///
/// # Errors
/// When the writer fails.
pub fn write(proof: &Proof, out: &mut impl io::Write) -> io::Result<()> {
    for judgement in &proof.judgements {
        for (_, counterexample) in judgement.counterexamples() {
            let first = counterexample.steps.iter().map(|step| &step.witness);
            let others = counterexample.others.iter().flat_map(|own| &own.steps);
            for witness in first.chain(others) {
                serde_json::to_writer(&mut *out, &Request::of(witness))?;
                out.write_all(b"\n")?;
            }
        }
    }
    Ok(())
}

/// A request in the members of AWS's `SimulatePrincipalPolicy` and of our extensions to it.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Request<'a> {
    policy_source_arn: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    caller_arn: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credential: Option<&'static str>,
    action_names: [&'a str; 1],
    resource_arns: [&'a str; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    resource_owner: Option<&'a str>,
    context_entries: Vec<Entry<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    unknown_context_keys: &'a [Box<str>],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    policy_input_list: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    permissions_boundary_policy_input_list: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ordered_organization_policy_input_list: Vec<Level<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    session_policy_input_list: Vec<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Level<'a> {
    service_control_policy_input_list: Vec<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Entry<'a> {
    context_key_name: &'a str,
    context_key_values: Vec<&'a str>,
    context_key_type: &'static str,
}

impl<'a> Request<'a> {
    /// The request of a witness. What the snapshot tells of the principal is left to it.
    pub(super) fn of(witness: &'a ShownWitness) -> Self {
        let texts = |list: &'a [std::sync::Arc<str>]| list.iter().map(|text| &**text).collect::<Vec<_>>();
        let supposed = &witness.supposed;
        let chosen = witness.context.iter().filter(|key| key.source != KeySource::Principal);
        Self {
            policy_source_arn: &witness.principal,
            caller_arn: witness.caller.as_deref(),
            credential: witness.credential,
            action_names: [&witness.action],
            resource_arns: [&witness.resource],
            resource_owner: witness.resource_owner.as_ref().map(AccountId::as_str),
            context_entries: chosen.map(entry).collect(),
            unknown_context_keys: &witness.unknown,
            policy_input_list: texts(&supposed.identity),
            permissions_boundary_policy_input_list: texts(supposed.boundary.as_slice()),
            ordered_organization_policy_input_list: supposed
                .service_control
                .iter()
                .map(|level| Level { service_control_policy_input_list: texts(level) })
                .collect(),
            session_policy_input_list: texts(&supposed.session),
        }
    }
}

fn entry(key: &ShownKey) -> Entry<'_> {
    let (values, kind) = match &key.values {
        Values::One(value) => (vec![&**value], "string"),
        Values::Many(values) => (values.iter().map(|value| &**value).collect(), "stringList"),
    };
    Entry { context_key_name: &key.name, context_key_values: values, context_key_type: kind }
}
