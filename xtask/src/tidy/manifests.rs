//! Every member takes its lints and the versions of its dependencies from the workspace.

use toml::{Table, Value};

use super::Complaint;
use super::tree::Tree;

const SECTIONS: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    tree.manifests().filter(|(path, _)| !path.starts_with("fuzz/")).flat_map(of_manifest).collect()
}

fn of_manifest((path, text): (&str, &str)) -> Vec<Complaint> {
    let manifest = match text.parse::<Table>() {
        Ok(manifest) => manifest,
        Err(error) => return vec![Complaint::new(path, 0, format!("no TOML: {}", error.message()))],
    };
    let mut complaints = Vec::new();
    if !from_workspace(manifest.get("lints")) {
        complaints.push(Complaint::new(path, 0, "the lints are not those of the workspace"));
    }
    for section in SECTIONS {
        let Some(dependencies) = manifest.get(section).and_then(Value::as_table) else { continue };
        for (name, _) in dependencies.iter().filter(|(_, value)| !from_workspace(Some(value))) {
            let message = format!("`{name}` is not declared in the workspace (`{name}.workspace = true`)");
            complaints.push(Complaint::new(path, 0, message));
        }
    }
    complaints
}

fn from_workspace(value: Option<&Value>) -> bool {
    value.and_then(|value| value.get("workspace")?.as_bool()).unwrap_or_default()
}
