//! Policies that people have published, collected outside the repository, one JSON object a line.

use std::path::{Path, PathBuf};
use std::{env, fs};

use portcullis_iam::PolicyKind;
use portcullis_iam::json::{self, Node, Value};

/// A published policy.
#[derive(Clone, Debug)]
pub struct Collected {
    /// What its collector calls it; where it has no name, its place in the file and where it was found.
    pub id: String,
    /// What its collector takes it for.
    pub kind: PolicyKind,
    /// The document, one element a line, with what its collector filled in for templates.
    pub text: String,
    /// The line of the file.
    pub line: String,
}

/// The folder of the collected data, which `PORTCULLIS_CORPUS` names; none, with a word about it, when it names none.
pub fn folder() -> Option<PathBuf> {
    let root = env::var_os("PORTCULLIS_CORPUS");
    if root.is_none() {
        println!("skipped: PORTCULLIS_CORPUS names no folder of collected policies");
    }
    root.map(|root| Path::new(&root).join("data"))
}

/// The policies of a file of the folder, in its order.
///
/// # Panics
/// When the file is not there, or is no such file.
#[expect(clippy::panic, reason = "a test cannot go on without its cases")]
pub fn policies(path: &Path) -> Vec<Collected> {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let policy = |(at, line): (usize, &str)| {
        collected(at, line).unwrap_or_else(|| panic!("{}:{}: no policy", path.display(), at + 1))
    };
    text.lines().enumerate().map(policy).collect()
}

fn collected(at: usize, line: &str) -> Option<Collected> {
    let value = json::parse(line).ok()?;
    let name = [text_of(&value, "id"), text_of(&value, "name")].concat();
    let id = if name.is_empty() { format!("{at} {}", text_of(&value, "source")) } else { name };
    let kind = match text_of(&value, "kind").as_str() {
        "" | "identity" | "identity/scp" => PolicyKind::Identity,
        "scp" => PolicyKind::ServiceControl,
        "rcp" => PolicyKind::ResourceControl,
        "trust" => PolicyKind::Trust,
        _ => PolicyKind::Resource,
    };
    let document = member(&value, "document_resolved").or_else(|| member(&value, "document"))?;
    Some(Collected { id, kind, text: json::write::pretty(document), line: line.to_owned() })
}

impl Collected {
    /// The strings of a list that the line has beside the document.
    pub fn list(&self, key: &str) -> Vec<String> {
        let value = json::parse(&self.line).ok();
        match value.as_ref().and_then(|value| member(value, key)).map(|value| &value.node) {
            Some(Node::Array(items)) => items.iter().filter_map(string).map(str::to_owned).collect(),
            _ => Vec::new(),
        }
    }

    /// The path of a file that would hold such a policy: its folder says what it is for.
    pub fn path(&self) -> String {
        let folder = match self.kind {
            PolicyKind::Identity | PolicyKind::Group => "identity",
            PolicyKind::ServiceControl => "scp",
            PolicyKind::ResourceControl => "rcp",
            PolicyKind::Trust => "trust",
            PolicyKind::Boundary | PolicyKind::Session | PolicyKind::Resource | PolicyKind::Endpoint => {
                "resource"
            }
        };
        format!("{folder}/document.json")
    }
}

/// The value of an object under a key.
pub fn member<'v, 't>(value: &'v Value<'t>, key: &str) -> Option<&'v Value<'t>> {
    let Node::Object(entries) = &value.node else { return None };
    entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
}

/// The text of a string.
pub fn string<'v>(value: &'v Value<'_>) -> Option<&'v str> {
    if let Node::String(text) = &value.node { Some(text) } else { None }
}

fn text_of(value: &Value<'_>, key: &str) -> String {
    member(value, key).and_then(string).unwrap_or_default().to_owned()
}
