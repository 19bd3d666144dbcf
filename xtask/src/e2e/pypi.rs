//! Packages of PyPI, as tools to compare with: installed under `target`, never part of the project.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Outcome;
use crate::{files, program};

/// The Python that has what `requirements.txt` of `source` lists; None when there is no `python3`, or it cannot install.
pub(crate) fn install(source: &Path) -> Outcome<Option<PathBuf>> {
    let folder = files::root().join("target/e2e").join(files::name(source));
    let python = folder.join("bin/python");
    files::make_folder(&folder)?;
    if !program::works(Command::new(&python).arg("--version"))
        && program::run(Command::new("python3").args(["-m", "venv"]).arg(&folder)).is_err()
    {
        return Ok(None);
    }
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]);
    pip.arg(source.join("requirements.txt"));
    Ok(program::run(&mut pip).is_ok().then_some(python))
}
