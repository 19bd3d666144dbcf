//! The kind of a policy, guessed from what it says.

use portcullis_iam::PolicyKind;
use portcullis_iam::json::{Entry, Node, Value};

/// The kind of policy that the document looks like. One that names principals is a trust policy when it has no
/// resources and speaks of assuming roles, and else the policy of a resource; what an SCP, an RCP or a permissions
/// boundary is, only the name of the file tells.
pub(crate) fn kind(document: &Value<'_>, path: &str) -> PolicyKind {
    let statements = member(document, "Statement").map(items).unwrap_or_default();
    let names_principals = statements.iter().any(|statement| has(statement, ["Principal", "NotPrincipal"]));
    let names_resources = statements.iter().any(|statement| has(statement, ["Resource", "NotResource"]));
    let words = words(path);
    let tells =
        |hints: &[&[&str]]| hints.iter().any(|hint| words.windows(hint.len()).any(|words| words == *hint));
    if !names_principals {
        return match () {
            () if tells(SERVICE_CONTROL) => PolicyKind::ServiceControl,
            () if tells(BOUNDARY) => PolicyKind::Boundary,
            () => PolicyKind::Identity,
        };
    }
    match names_resources {
        false if statements.iter().any(assumes) => PolicyKind::Trust,
        true if tells(RESOURCE_CONTROL) => PolicyKind::ResourceControl,
        true | false => PolicyKind::Resource,
    }
}

const SERVICE_CONTROL: &[&[&str]] = &[&["scp"], &["scps"], &["service", "control"]];
const RESOURCE_CONTROL: &[&[&str]] = &[&["rcp"], &["rcps"], &["resource", "control"]];
const BOUNDARY: &[&[&str]] = &[&["boundary"], &["boundaries"]];

/// The words of a path, in lower case.
fn words(path: &str) -> Vec<String> {
    let words = path.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect()
}

/// The name of a file without its folders and its extension.
pub(crate) fn stem(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        Some(_) | None => name,
    }
}

/// Whether the statement is about taking a role.
fn assumes(statement: &Value<'_>) -> bool {
    let actions = member(statement, "Action").or_else(|| member(statement, "NotAction"));
    let is_sts = |action: &Value<'_>| matches!(&action.node, Node::String(text) if text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("sts:")));
    actions.map(items).unwrap_or_default().iter().any(is_sts)
}

fn has(statement: &Value<'_>, names: [&str; 2]) -> bool {
    names.iter().any(|name| member(statement, name).is_some())
}

/// The value of a member of an object.
pub(crate) fn member<'v, 't>(value: &'v Value<'t>, key: &str) -> Option<&'v Value<'t>> {
    entries(value).iter().find(|entry| entry.key == key).map(|entry| &entry.value)
}

/// The entries of an object; of anything else, none.
pub(crate) fn entries<'v, 't>(value: &'v Value<'t>) -> &'v [Entry<'t>] {
    match &value.node {
        Node::Object(entries) => entries,
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) | Node::Array(_) => &[],
    }
}

/// The items of an array, or the one value that is no array.
pub(crate) fn items<'v, 't>(value: &'v Value<'t>) -> &'v [Value<'t>] {
    match &value.node {
        Node::Array(items) => items,
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) | Node::Object(_) => {
            std::slice::from_ref(value)
        }
    }
}
