//! The evidence for an auditor, as a folder of its own.

use std::fs;
use std::io;
use std::path::Path;

use portcullis_finding::Audit;
use portcullis_report::bundle::{self, Input};
use portcullis_snapshot::{Snapshot, Use};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::given::Intended;

/// Makes the folder. One that has something in it is refused: evidence is not written over.
pub(super) fn prepare(folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| cannot_write(folder, &error))?;
    let mut entries = fs::read_dir(folder).map_err(|error| cannot_write(folder, &error))?;
    match entries.next() {
        None => Ok(()),
        Some(_) => Err(Failure::usage(format!("the folder `{}` is not empty", folder.display()))
            .with_hint("give a new folder: evidence is not written over")),
    }
}

/// Writes the files of the bundle.
pub(super) fn write(
    folder: &Path,
    audit: &Audit,
    snapshot: &Snapshot,
    intended: &Intended,
) -> Result<(), Failure> {
    let read = snapshot.inputs.iter().filter(|input| input.used != Use::Ignored);
    let mut inputs: Vec<Input> = read
        .map(|input| Input {
            path: input.path.to_string(),
            sha256: input.sha256.to_string(),
            bytes: input.bytes,
        })
        .collect();
    if let Some((path, text)) = &intended.file {
        inputs.push(Input::of(path.display().to_string(), text.as_bytes()));
    }
    for (name, bytes) in bundle::files(audit, &inputs)? {
        let path = folder.join(name);
        fs::write(&path, bytes).map_err(|error| cannot_write(&path, &error))?;
    }
    Ok(())
}

fn cannot_write(path: &Path, error: &io::Error) -> Failure {
    Failure {
        exit: Exit::Usage,
        message: format!("cannot write `{}`: {error}", path.display()),
        hint: Some("give a folder that can be written to".to_owned()),
    }
}
