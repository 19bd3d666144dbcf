//! Packages of npm, as tools to compare with: installed under `target`, never part of the project.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Outcome;
use crate::{files, program};

/// The folder in which `node` finds what the lock file of `source` lists, beside the files of `source`; None when
/// there is no `npm`, or it cannot install.
pub(crate) fn install(source: &Path) -> Outcome<Option<PathBuf>> {
    if !program::works(Command::new("npm").arg("--version")) {
        return Ok(None);
    }
    let folder = files::root().join("target/e2e").join(files::name(source));
    for file in files::entries(source)? {
        files::write(&folder.join(files::name(&file)), files::read_bytes(&file)?)?;
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"]);
    Ok(program::run(npm.current_dir(&folder)).is_ok().then_some(folder))
}
