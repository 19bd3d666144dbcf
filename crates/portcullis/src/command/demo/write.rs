//! The sample's files, written out.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::sample;
use crate::terminal::Terminal;

/// Writes the files into a folder that is empty or not there yet.
pub(super) fn run(folder: &Path, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let failed =
        |error: io::Error| Failure::usage(format!("cannot write into `{}`: {error}", folder.display()));
    fs::create_dir_all(folder).map_err(failed)?;
    if fs::read_dir(folder).map_err(failed)?.next().is_some() {
        return Err(Failure::usage(format!("`{}` is not empty", folder.display()))
            .with_hint("name a new folder: nothing is ever overwritten"));
    }
    let files = || sample::files().iter().chain(sample::trail());
    for (path, bytes) in files() {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap_or(folder)).map_err(failed)?;
        fs::write(path, bytes).map_err(failed)?;
    }
    let count = files().count();
    writeln!(terminal.data(), "{count} files of the sample organization are in `{}`", folder.display())?;
    Ok(Exit::Clean)
}
