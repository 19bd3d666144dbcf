//! Packages of npm, as tools to compare with: installed under `target`, never part of the project.

use std::path::PathBuf;
use std::process::Command;

use crate::failure::Outcome;
use crate::{files, program};

/// The folder in which `node` finds the packages, given as `name@version`; None when there is no `npm`.
pub(crate) fn install(packages: &[&str]) -> Outcome<Option<PathBuf>> {
    if !program::works(Command::new("npm").arg("--version")) {
        return Ok(None);
    }
    let folder = files::root().join("target/e2e/npm");
    files::write(&folder.join("package.json"), "{\"private\": true}\n")?;
    let mut npm = Command::new("npm");
    npm.args(["install", "--silent", "--no-save", "--no-audit", "--no-fund"]).args(packages);
    program::run(npm.current_dir(&folder))?;
    Ok(Some(folder))
}
