//! The files that the rules look at.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use crate::failure::{Failure, Outcome};

/// Tracked text files: their content by path, with `/` between the parts.
pub(super) struct Tree {
    files: BTreeMap<String, String>,
    /// The folder that the tree stands in, which no file should name.
    pub(super) root: String,
}

impl Tree {
    /// What git tracks, with the content that is there now. Files that are no text are left out.
    pub(super) fn tracked(root: &Path) -> Outcome<Self> {
        let failed = |reason: String| Failure::Program { program: "git ls-files".into(), reason };
        let listing = Command::new("git").args(["ls-files", "-z"]).current_dir(root).output();
        let listing = listing.map_err(|error| failed(error.to_string()))?;
        if !listing.status.success() {
            return Err(failed(listing.status.to_string()));
        }
        let names = String::from_utf8_lossy(&listing.stdout);
        let content = |name: &str| Some((name.to_owned(), std::fs::read_to_string(root.join(name)).ok()?));
        let files = names.split('\0').filter(|name| !name.is_empty()).filter_map(content).collect();
        Ok(Self { files, root: root.display().to_string() })
    }

    /// The tree of a test case: `--- path` and the content, again and again.
    #[cfg(test)]
    pub(super) fn of_case(case: &str) -> Self {
        let file = |part: &str| {
            let (name, content) = part.split_once('\n').unwrap_or((part, ""));
            (name.to_owned(), content.to_owned())
        };
        Self { files: case.split("--- ").skip(1).map(file).collect(), root: "/builds/project".into() }
    }

    /// The content of a file.
    pub(super) fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Every file with its content, by path.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, content)| (path.as_str(), content.as_str()))
    }

    /// The files whose name ends in `.rs`.
    pub(super) fn rust(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files().filter(|(path, _)| path.ends_with(".rs"))
    }

    /// The manifests of the members of the workspace.
    pub(super) fn manifests(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files().filter(|(path, _)| path.ends_with("/Cargo.toml"))
    }
}

/// The folder of a path, without the slash; empty in the root.
pub(super) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The name of a file without the folder and what follows the last dot.
pub(super) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
