//! The sample organization: from its plan to the files that ship.

use std::fs;

use testkit::{sample, trail};

use crate::failure::{Failure, Outcome};
use crate::files;

/// Writes every file of the sample, and removes those that the plan no longer makes.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    if let Some(argument) = arguments.first() {
        return Err(Failure::Usage(format!("`sample` takes no `{argument}`")));
    }
    for folder in [sample::FOLDER, trail::SAMPLE_FOLDER] {
        let folder = files::root().join(folder);
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(Failure::file(&folder))?;
        }
    }
    for (path, bytes) in sample::generated() {
        files::write(&files::root().join(path), bytes)?;
    }
    Ok(())
}
