//! From flags to a request.

use std::path::{Path, PathBuf};

use portcullis_authz::simulation::{
    ContextEntry, Document, ManagementAccount, ResourceControlLevel, ServiceControlLevel, SimulationRequest,
};
use portcullis_iam::ContextKey;
use portcullis_iam::catalog::catalog;

use super::args::{Flags, Mfa};
use super::source;
use super::text::Files;
use crate::failure::Failure;

/// The request that flags describe, and the files of its policies.
pub(super) fn request(flags: &Flags) -> Result<(SimulationRequest, Files), Failure> {
    let mut reader = Reader::default();
    let mut unknown = flags.unknown.clone();
    let mut context = context(&flags.context)?;
    mfa(flags.mfa, &mut context, &mut unknown);
    let request = SimulationRequest {
        policy_source_arn: flags.principal.clone(),
        policy_input_list: Some(reader.list("PolicyInputList", &flags.policy)?),
        permissions_boundary_policy_input_list: Some(
            reader.list("PermissionsBoundaryPolicyInputList", flags.boundary.as_slice())?,
        ),
        ordered_organization_policy_input_list: Some(reader.service_control(&flags.scp)?),
        ordered_resource_control_policy_input_list: Some(reader.resource_control(&flags.rcp)?),
        session_policy_input_list: Some(reader.list("SessionPolicyInputList", &flags.session_policy)?),
        endpoint_policy_input_list: Some(
            reader.list("EndpointPolicyInputList", flags.endpoint_policy.as_slice())?,
        ),
        resource_policy: flags
            .resource_policy
            .as_deref()
            .map(|path| reader.one("ResourcePolicy", path))
            .transpose()?,
        action_names: Some(flags.action.clone()),
        resource_arns: Some(flags.resource.clone()),
        resource_owner: flags.resource_owner.clone(),
        caller_arn: flags.caller.clone(),
        credential: flags.credential.clone(),
        management_account: flags.management_account.clone().map(ManagementAccount::Id),
        context_entries: Some(context),
        unknown_context_keys: Some(unknown),
        max_items: Some(MOST_ACTIONS),
        ..SimulationRequest::default()
    };
    Ok((request, reader.files))
}

/// The most actions that the API takes at once.
const MOST_ACTIONS: i64 = 1000;

/// Reads policies, and notes which file holds which.
#[derive(Default)]
struct Reader {
    files: Files,
}

impl Reader {
    fn one(&mut self, id: &str, path: &Path) -> Result<Document, Failure> {
        self.files.insert(id.to_owned(), path.display().to_string());
        source::policy(path).map(|text| Document(text.into()))
    }

    fn list(&mut self, list: &str, paths: &[PathBuf]) -> Result<Vec<Document>, Failure> {
        let numbered = paths.iter().enumerate();
        numbered.map(|(index, path)| self.one(&format!("{list}.{}", index + 1), path)).collect()
    }

    fn service_control(&mut self, levels: &[String]) -> Result<Vec<ServiceControlLevel>, Failure> {
        let numbered = levels.iter().enumerate();
        let level = |(index, files): (usize, &String)| {
            let list =
                format!("OrderedOrganizationPolicyInputList.{}.ServiceControlPolicyInputList", index + 1);
            Ok(ServiceControlLevel {
                service_control_policy_input_list: Some(self.list(&list, &split(files))?),
            })
        };
        numbered.map(level).collect()
    }

    fn resource_control(&mut self, levels: &[String]) -> Result<Vec<ResourceControlLevel>, Failure> {
        let numbered = levels.iter().enumerate();
        let level = |(index, files): (usize, &String)| {
            let list =
                format!("OrderedResourceControlPolicyInputList.{}.ResourceControlPolicyInputList", index + 1);
            Ok(ResourceControlLevel {
                resource_control_policy_input_list: Some(self.list(&list, &split(files))?),
            })
        };
        numbered.map(level).collect()
    }
}

/// The files of one level: with commas between them.
fn split(files: &str) -> Vec<PathBuf> {
    files.split(',').map(PathBuf::from).collect()
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
