//! The kind of a policy, guessed from what it says.

use portcullis_iam::PolicyKind;
use portcullis_iam::json::{Entry, Node, Value};

/// What speaks for a kind of policy in its statements.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Signs {
    /// Some statement names principals.
    pub(crate) principals: bool,
    /// Some statement names resources.
    pub(crate) resources: bool,
    /// Some statement is about taking a role.
    pub(crate) assumes: bool,
    /// Some statement allows.
    pub(crate) allows: bool,
    /// Some statement names resources of its own, and not all of them.
    pub(crate) owns: bool,
    /// Some statement is about more than the actions of one service that has policies of its own.
    pub(crate) spans: bool,
}

impl Signs {
    /// Takes account of an element of a statement, and of the texts in it.
    pub(crate) fn element<'t>(&mut self, name: &str, mut texts: impl Iterator<Item = &'t str>) {
        match name {
            "Principal" | "NotPrincipal" => self.principals = true,
            "Resource" => {
                self.resources = true;
                self.owns |= texts.any(|text| text != "*");
            }
            "NotResource" => self.resources = true,
            "Action" => {
                for text in texts {
                    self.assumes |= is_sts(text);
                    self.spans |= text == "*" || is_of_account(text);
                }
            }
            "NotAction" => {
                self.spans = true;
                self.assumes |= texts.any(is_sts);
            }
            "Effect" => self.allows |= texts.any(|text| text == "Allow"),
            _ => {}
        }
    }

    /// The kind that they speak for. A policy that names principals is a trust policy when it has no resources and
    /// speaks of assuming roles, and else the policy of a resource; what an SCP, an RCP or a permissions boundary is,
    /// only the name of the file tells. What denies actions of many services on every resource is the policy of no
    /// resource: whoever named principals there took an SCP for one.
    pub(crate) fn kind(self, path: &str) -> PolicyKind {
        let words = words(path);
        let tells = |hints: &[&[&str]]| {
            hints.iter().any(|hint| words.windows(hint.len()).any(|words| words == *hint))
        };
        match (self.principals, self.resources) {
            (false, _) if tells(SERVICE_CONTROL) => PolicyKind::ServiceControl,
            (false, _) if tells(BOUNDARY) => PolicyKind::Boundary,
            (false, _) => PolicyKind::Identity,
            (true, false) if self.assumes => PolicyKind::Trust,
            (true, true) if tells(RESOURCE_CONTROL) => PolicyKind::ResourceControl,
            (true, true) if tells(SERVICE_CONTROL) => PolicyKind::ServiceControl,
            (true, true) if self.spans && !self.allows && !self.owns => PolicyKind::ServiceControl,
            (true, _) => PolicyKind::Resource,
        }
    }
}

/// Whether the action is one of services whose resources have no policies.
fn is_of_account(action: &str) -> bool {
    let service = action.split(':').next().unwrap_or_default();
    ["iam", "ec2", "organizations", "account"].iter().any(|own| own.eq_ignore_ascii_case(service))
}

fn is_sts(action: &str) -> bool {
    action.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("sts:"))
}

/// The kind of policy that the document looks like.
pub(crate) fn kind(document: &Value<'_>, path: &str) -> PolicyKind {
    let mut signs = Signs::default();
    let statements = member(document, "Statement").map(items).unwrap_or_default();
    for entry in statements.iter().flat_map(entries) {
        let texts = items(&entry.value).iter().filter_map(|item| match &item.node {
            Node::String(text) => Some(text.as_ref()),
            Node::Null | Node::Bool(_) | Node::Number(_) | Node::Array(_) | Node::Object(_) => None,
        });
        signs.element(&entry.key, texts);
    }
    signs.kind(path)
}

const SERVICE_CONTROL: &[&[&str]] = &[&["scp"], &["scps"], &["service", "control"]];
const RESOURCE_CONTROL: &[&[&str]] = &[&["rcp"], &["rcps"], &["resource", "control"]];
const BOUNDARY: &[&[&str]] = &[&["boundary"], &["boundaries"]];

/// The words of the names of a file and its folder, in lower case.
fn words(path: &str) -> Vec<String> {
    let start = path.rmatch_indices(['/', '\\']).nth(1).map_or(0, |(at, _)| at);
    let words = path
        .get(start..)
        .unwrap_or(path)
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty());
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
