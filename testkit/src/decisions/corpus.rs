//! The written cases: `corpus/decisions/*.json`, one topic a file.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::case::Case;

/// A file of cases on one topic.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Topic {
    /// What the cases are about.
    pub topic: String,
    /// The document that decides those cases which name none of their own.
    pub source: String,
    /// The cases.
    pub cases: Vec<Case>,
}

/// Every written case, in the order of the files' names. An error, in words, when a file is malformed or two cases
/// have one name.
pub fn cases() -> Result<Vec<Case>, String> {
    let mut cases = Vec::new();
    for path in paths().map_err(|error| error.to_string())? {
        cases.extend(topic(&path)?.cases);
    }
    let mut names = BTreeSet::new();
    match cases.iter().find(|case| !names.insert(&case.name)) {
        Some(case) => Err(format!("two cases are named {}", case.name)),
        None => Ok(cases),
    }
}

fn topic(path: &Path) -> Result<Topic, String> {
    let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    let mut topic: Topic =
        serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    for case in &mut topic.cases {
        if case.source.is_empty() {
            case.source.clone_from(&topic.source);
        }
    }
    Ok(topic)
}

fn paths() -> std::io::Result<Vec<PathBuf>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus/decisions");
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    paths.sort();
    Ok(paths)
}
