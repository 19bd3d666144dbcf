//! What a JSON value is a policy, of which kind it is, and what it is called.

use std::sync::Arc;

use portcullis_iam::PolicyKind;
use portcullis_iam::json::{Node, Value};

use super::attached::{Attached, Uses};
use super::trail::{Trail, string};
use crate::document::{Attachment, Basis, Heading};
use crate::guess::{self, items, member};
use crate::places::Files;

/// Whether the value, under `key`, is meant as a policy document.
pub(super) fn is_policy(value: &Value<'_>, key: Option<&str>) -> bool {
    if !matches!(value.node, Node::Object(_)) {
        return false;
    }
    let statement = member(value, "Statement");
    let lists =
        statement.is_some_and(|list| items(list).iter().all(|item| matches!(item.node, Node::Object(_))));
    let version = member(value, "Version").and_then(string);
    lists
        || version.is_some_and(|version| VERSIONS.contains(&version))
        || key.is_some_and(|key| KEYS.contains(&key))
}

const VERSIONS: [&str; 2] = ["2012-10-17", "2008-10-17"];

/// Keys of the AWS CLI under which nothing but a policy stands.
const KEYS: [&str; 2] = ["PolicyDocument", "AssumeRolePolicyDocument"];

/// Whether a string under `key` is meant to hold a policy: as JSON, or as JSON that is URL-encoded.
pub(super) fn may_hold_policy(text: &str, key: Option<&str>) -> bool {
    let start = text.trim_start();
    let is_encoded = start.starts_with("%7B") || start.starts_with("%7b");
    let is_named = key.is_some_and(|key| KEYS.contains(&key));
    (start.starts_with('{') || is_encoded) && (is_named || text.contains("Statement"))
}

/// What is known of the document at `trail`, with the meaning of `document`: one heading for every kind of policy that
/// it is used as.
pub(super) fn headings(
    trail: &Trail<'_, '_, '_>,
    document: Option<&Value<'_>>,
    file: &File<'_, '_>,
) -> Vec<Heading> {
    let name: Arc<str> = name(trail, file.path).into();
    let heading = |kind, basis, attachment| Heading { name: Arc::clone(&name), kind, basis, attachment };
    let declared = |kind, attachment| vec![heading(kind, Basis::Declared, attachment)];
    if let Some(kind) = organization(trail) {
        return kind.map_or_else(Vec::new, |kind| declared(kind, Attachment::Unknown));
    }
    if trail.key() == Some("AssumeRolePolicyDocument") {
        return declared(PolicyKind::Trust, holder(trail, &["RoleName"]));
    }
    if trail.key() == Some("PolicyDocument")
        && trail.beside("GroupName").or(below(trail, "GroupPolicyList")).is_some()
    {
        return declared(PolicyKind::Group, holder(trail, &["GroupName"]));
    }
    if trail.key() == Some("PolicyDocument") && trail.beside("PolicyName").is_some() {
        return declared(PolicyKind::Identity, holder(trail, &["UserName", "RoleName"]));
    }
    if trail.is_below("VpcEndpoints") {
        return declared(PolicyKind::Endpoint, Attachment::Unknown);
    }
    if trail.key() == Some("Document") && trail.beside("VersionId").is_some() {
        return managed(trail, &file.attached)
            .into_iter()
            .map(|(kind, to)| heading(kind, Basis::Declared, to))
            .collect();
    }
    let listed = LISTS.iter().find(|(key, _)| trail.is_below(key));
    if let Some((_, kind)) = listed {
        return declared(*kind, Attachment::Unknown);
    }
    let kind = document.map_or(PolicyKind::Identity, |document| guess::kind(document, file.path));
    vec![heading(kind, Basis::Guessed, Attachment::Unknown)]
}

/// The file in which the documents are.
pub(super) struct File<'f, 'v> {
    pub(super) path: &'f Arc<str>,
    pub(super) number: u32,
    pub(super) files: &'f Files,
    pub(super) text: &'f str,
    pub(super) attached: Attached<'v>,
}

/// Lists of the requests of AWS's policy simulator.
const LISTS: [(&str, PolicyKind); 3] = [
    ("PermissionsBoundaryPolicyInputList", PolicyKind::Boundary),
    ("SessionPolicyInputList", PolicyKind::Session),
    ("EndpointPolicyInputList", PolicyKind::Endpoint),
];

fn below<'p>(trail: &'p Trail<'_, '_, '_>, key: &str) -> Option<&'p Value<'p>> {
    trail.outwards().find(|around| around.key() == Some(key)).map(|around| around.value)
}

/// The kind of a policy of an organization; inside, none when it is no policy of this language (a tag policy, …).
fn organization(trail: &Trail<'_, '_, '_>) -> Option<Option<PolicyKind>> {
    let summary = trail.beside("PolicySummary").filter(|_| trail.key() == Some("Content"))?;
    Some(match member(summary, "Type").and_then(string)? {
        "SERVICE_CONTROL_POLICY" => Some(PolicyKind::ServiceControl),
        "RESOURCE_CONTROL_POLICY" => Some(PolicyKind::ResourceControl),
        _ => None,
    })
}

/// The uses of a managed policy: as a policy, as a boundary, or both.
fn managed(trail: &Trail<'_, '_, '_>, attached: &Attached<'_>) -> Vec<(PolicyKind, Attachment)> {
    let policy = trail.outwards().find(|around| member(around.value, "PolicyVersionList").is_some());
    let Some(policy) = policy else { return vec![(PolicyKind::Identity, Attachment::Unknown)] };
    let Uses { policy, boundary } = attached.uses(policy.value);
    let mut uses = Vec::new();
    let is_boundary = matches!(boundary, Attachment::Attached(_));
    if !is_boundary || matches!(policy, Attachment::Attached(_)) {
        uses.push((PolicyKind::Identity, policy));
    }
    if is_boundary {
        uses.push((PolicyKind::Boundary, boundary));
    }
    uses
}

/// The principal in which the document is embedded.
fn holder(trail: &Trail<'_, '_, '_>, names: &[&str]) -> Attachment {
    let holder =
        trail.outwards().find(|around| names.iter().any(|name| member(around.value, name).is_some()));
    let Some(holder) = holder else { return Attachment::Unknown };
    let mut keys = std::iter::once(&"Arn").chain(names);
    let name = keys.find_map(|key| string(member(holder.value, key)?));
    name.map_or(Attachment::Unknown, |name| Attachment::Attached(vec![name.into()]))
}

/// What people call the document: the names of its principal and of itself, else the way to it, else the file's name.
fn name(trail: &Trail<'_, '_, '_>, path: &str) -> String {
    let principal = ["UserName", "GroupName", "RoleName"].iter().find_map(|key| trail.near(key));
    let summary = trail.beside("PolicySummary").and_then(|summary| string(member(summary, "Name")?));
    let own = match trail.key() {
        Some("AssumeRolePolicyDocument") => Some("AssumeRolePolicyDocument"),
        Some(_) | None => summary.or_else(|| trail.near("PolicyName")),
    };
    let names: Vec<_> = principal.into_iter().chain(own).collect();
    if !names.is_empty() {
        return names.join("/");
    }
    let way = trail.path();
    if way.is_empty() { guess::stem(path).to_owned() } else { way }
}
