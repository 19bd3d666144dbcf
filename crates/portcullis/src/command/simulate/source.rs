//! Files and stdin as the flags of `simulate` name them.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use crate::failure::Failure;

/// The whole text of a source: a path, `file://` and a path as with the AWS CLI, or `-` for stdin.
pub(super) fn text(source: &str) -> Result<String, Failure> {
    let mut text = String::new();
    let limited = open(source)?.take(MAX_BYTES + 1).read_to_string(&mut text);
    limited.map_err(|error| Failure::usage(format!("cannot read `{source}`: {error}")))?;
    if usize::try_from(MAX_BYTES).is_ok_and(|most| most < text.len()) {
        return Err(Failure::usage(format!("`{source}` is longer than {MAX_BYTES} bytes")));
    }
    Ok(without_mark(text))
}

/// The text of a policy file.
pub(super) fn policy(path: &Path) -> Result<String, Failure> {
    text(&path.to_string_lossy())
}

/// A source to be read line by line.
pub(super) fn open(source: &str) -> Result<Box<dyn BufRead>, Failure> {
    if source == "-" {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    let path = source.strip_prefix("file://").unwrap_or(source);
    let failed = |error: io::Error| {
        Failure::usage(format!("cannot read `{path}`: {error}"))
            .with_hint("give the path of a file, or - for stdin")
    };
    if fs::metadata(path).map_err(failed)?.is_dir() {
        return Err(Failure::usage(format!("cannot read `{path}`: it is a folder")));
    }
    File::open(path)
        .map(|file| Box::new(BufReader::with_capacity(1 << 16, file)) as Box<dyn BufRead>)
        .map_err(failed)
}

/// The text without the byte order mark that some editors write.
fn without_mark(text: String) -> String {
    match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    }
}

/// The longest input that is read at once: 64 MiB.
const MAX_BYTES: u64 = 64 << 20;
