//! Everything that the project is built from comes from a registry, and may be used under one of a few licences.

use std::process::Command;

use serde::Deserialize;

use crate::failure::{Failure, Outcome};
use crate::files;

use super::Complaint;

/// Licences that ask for no more than to be named.
const ALLOWED: [&str; 11] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    license: Option<String>,
    /// Absent for the members of the workspace.
    source: Option<String>,
}

pub(super) fn check() -> Outcome<Vec<Complaint>> {
    let failed = |reason: String| Failure::Program { program: "cargo metadata".into(), reason };
    let mut cargo = Command::new(env!("CARGO"));
    let cargo = cargo.args(["metadata", "--locked", "--format-version", "1"]).current_dir(files::root());
    let output = cargo.output().map_err(|error| failed(error.to_string()))?;
    let metadata: Metadata =
        serde_json::from_slice(&output.stdout).map_err(|error| failed(error.to_string()))?;
    let complaints = metadata.packages.iter().filter_map(|package| {
        let Package { name, version, .. } = package;
        Some(Complaint::new("Cargo.lock", 0, format!("{name} {version} {}", package.fault()?)))
    });
    Ok(complaints.collect())
}

impl Package {
    /// Why the package may not be used.
    fn fault(&self) -> Option<String> {
        let licence = self.license.as_deref().unwrap_or("no licence");
        if !is_allowed(licence) {
            return Some(format!("has {licence}"));
        }
        let source = self.source.as_deref().filter(|source| !source.starts_with("registry+"))?;
        Some(format!("comes from {source}"))
    }
}

/// Whether one of the alternatives of an SPDX expression is made of allowed licences only.
fn is_allowed(expression: &str) -> bool {
    let plain = expression.replace(['(', ')'], "").replace('/', " OR ");
    plain.split(" OR ").any(|choice| choice.split(" AND ").all(|licence| ALLOWED.contains(&licence.trim())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_allowed_alternative_is_enough() {
        for (expression, expected) in [
            ("MIT", true),
            ("MIT/Apache-2.0", true),
            ("GPL-3.0-only OR MIT", true),
            ("Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT", true),
            ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
            ("MIT AND GPL-3.0-only", false),
            ("AGPL-3.0", false),
            ("", false),
        ] {
            assert_eq!(is_allowed(expression), expected, "{expression}");
        }
    }
}
