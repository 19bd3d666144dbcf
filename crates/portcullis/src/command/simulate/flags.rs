//! From flags to a request.

use std::path::{Path, PathBuf};

use portcullis_authz::simulation::{
    ContextEntry, Document, ManagementAccount, ResourceControlLevel, ServiceControlLevel, SimulationRequest,
};
use portcullis_iam::ContextKey;
use portcullis_iam::catalog::catalog;

use super::args::{Flags, Mfa};
use super::source;
use crate::failure::Failure;

/// The request that flags describe.
pub(super) fn request(flags: &Flags) -> Result<SimulationRequest, Failure> {
    let mut unknown = flags.unknown.clone();
    let mut context = context(&flags.context)?;
    mfa(flags.mfa, &mut context, &mut unknown);
    Ok(SimulationRequest {
        policy_input_list: Some(list(&flags.policy)?),
        permissions_boundary_policy_input_list: Some(list(flags.boundary.as_slice())?),
        ordered_organization_policy_input_list: Some(service_control(&flags.scp)?),
        ordered_resource_control_policy_input_list: Some(resource_control(&flags.rcp)?),
        session_policy_input_list: Some(list(&flags.session_policy)?),
        endpoint_policy_input_list: Some(list(flags.endpoint_policy.as_slice())?),
        resource_policy: flags.resource_policy.as_deref().map(document).transpose()?,
        action_names: Some(flags.action.clone()),
        resource_arns: Some(flags.resource.clone()),
        resource_owner: flags.resource_owner.clone(),
        caller_arn: flags.caller.clone(),
        credential: flags.credential.clone(),
        management_account: flags.management_account.clone().map(ManagementAccount::Id),
        context_entries: Some(context),
        unknown_context_keys: Some(unknown),
        max_items: Some(1000),
        ..SimulationRequest::default()
    })
}

fn document(path: &Path) -> Result<Document, Failure> {
    source::policy(path).map(|text| Document(text.into()))
}

fn list(paths: &[PathBuf]) -> Result<Vec<Document>, Failure> {
    paths.iter().map(|path| document(path)).collect()
}

/// The policies of one level: files with commas between them.
fn level(files: &str) -> Result<Vec<Document>, Failure> {
    files.split(',').map(|path| document(Path::new(path))).collect()
}

fn service_control(levels: &[String]) -> Result<Vec<ServiceControlLevel>, Failure> {
    let level =
        |files: &String| Ok(ServiceControlLevel { service_control_policy_input_list: Some(level(files)?) });
    levels.iter().map(level).collect()
}

fn resource_control(levels: &[String]) -> Result<Vec<ResourceControlLevel>, Failure> {
    let level =
        |files: &String| Ok(ResourceControlLevel { resource_control_policy_input_list: Some(level(files)?) });
    levels.iter().map(level).collect()
}

/// The keys of `KEY=VALUE` arguments. A key is multivalued when it is given more than once, or when AWS defines it so.
fn context(arguments: &[String]) -> Result<Vec<ContextEntry>, Failure> {
    let mut entries: Vec<(ContextKey, ContextEntry)> = Vec::new();
    for argument in arguments {
        let (name, value) =
            argument.split_once('=').filter(|(name, _)| !name.is_empty()).ok_or_else(|| {
                Failure::usage(format!("`{argument}` is no condition key with a value"))
                    .with_hint("write --context aws:SourceIp=203.0.113.7")
            })?;
        let key = ContextKey::new(name);
        match entries.iter_mut().find(|(known, _)| *known == key) {
            Some((_, entry)) => {
                entry.context_key_values.get_or_insert_default().push(value.to_owned());
                entry.context_key_type = Some("stringList".to_owned());
            }
            None => entries.push((key, entry(name, value))),
        }
    }
    Ok(entries.into_iter().map(|(_, entry)| entry).collect())
}

fn entry(name: &str, value: &str) -> ContextEntry {
    let is_list = catalog().condition_key(name).is_some_and(|key| key.multivalued);
    ContextEntry {
        context_key_name: Some(name.to_owned()),
        context_key_values: Some(vec![value.to_owned()]),
        context_key_type: Some(if is_list { "stringList" } else { "string" }.to_owned()),
    }
}

fn mfa(state: Option<Mfa>, context: &mut Vec<ContextEntry>, unknown: &mut Vec<String>) {
    match state {
        None | Some(Mfa::Absent) => {}
        Some(Mfa::False) => context.push(entry(MFA_KEY, "false")),
        Some(Mfa::True) => context.push(entry(MFA_KEY, "true")),
        Some(Mfa::Unknown) => unknown.push(MFA_KEY.to_owned()),
    }
}

const MFA_KEY: &str = "aws:MultiFactorAuthPresent";
