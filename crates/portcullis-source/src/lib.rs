//! Policy documents in the files in which people write them.
//!
//! [`read_all`] takes the texts of files and gives every policy document that stands in them as a policy of
//! [`portcullis_iam`], with the kind of policy that it is, whom it is attached to, and the place in its file of every
//! value. What a file leaves open (a parameter, a reference to something elsewhere) is never guessed: see
//! [`Placeholder`] and [`Gap`].

mod cloudformation;
mod document;
mod encoded;
mod found;
mod guess;
mod json;
mod place;
mod places;
mod tree;
mod yaml;

use std::sync::Arc;

use places::Files;

pub use document::{Attachment, Basis, Document, Element, Gap, Placeholder};
pub use found::{Fault, Format, Found, Note};
pub use place::{Lines, Place};
pub use places::Places;

/// The longest file that is read, in bytes (64 MiB).
pub const MAX_FILE_BYTES: usize = 64 << 20;

/// How the keys begin that stand for what a file leaves open: `${portcullis:unknown/0}`.
pub const UNKNOWN_KEY: &str = "portcullis:unknown/";

/// The documents of one file: [`read_all`] of it alone.
pub fn read(path: &str, text: &str) -> Found {
    read_all(&[(path, text)]).pop().unwrap_or_else(|| Found::nothing(path))
}

/// The documents of the files, given as path and text: one [`Found`] for every file, in the order of the files.
pub fn read_all<P: AsRef<str>, T: AsRef<str>>(files: &[(P, T)]) -> Vec<Found> {
    let paths: Files = files.iter().map(|(path, _)| Arc::from(path.as_ref())).collect();
    let numbered = (0..).zip(paths.iter()).zip(files);
    numbered.map(|((number, path), (_, text))| one(text.as_ref(), number, path, &paths)).collect()
}

fn one(text: &str, number: u32, path: &Arc<str>, paths: &Files) -> Found {
    let mut found = Found::nothing(path);
    if MAX_FILE_BYTES < text.len() {
        return found.too_long();
    }
    match kind(path, text) {
        Kind::Json => json::read(text, number, paths, &mut found),
        Kind::Yaml => cloudformation::read_yaml(text, number, paths, &mut found),
        Kind::Other => {}
    }
    found.notes.sort_by(|a, b| (&a.place, &a.message).cmp(&(&b.place, &b.message)));
    found.notes.dedup();
    found
}

/// What a file is read as.
enum Kind {
    Json,
    Yaml,
    Other,
}

/// By the extension where it is one of those that policies have, and else by what the text starts with.
fn kind(path: &str, text: &str) -> Kind {
    let extension = path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    let starts_json = text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[']);
    match extension.as_deref() {
        Some("yaml" | "yml") if !starts_json => Kind::Yaml,
        Some("tf" | "tofu" | "hcl" | "tpl" | "tftpl" | "tmpl") => Kind::Other,
        Some(_) | None if starts_json => Kind::Json,
        Some("json" | "jsonl" | "ndjson") => Kind::Json,
        Some(_) | None if text.contains("AWS::") => Kind::Yaml,
        Some(_) | None => Kind::Other,
    }
}
