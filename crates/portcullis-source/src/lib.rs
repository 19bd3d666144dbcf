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
mod plan;
mod terraform;
mod tree;
mod yaml;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use places::Files;
use terraform::syntax::{self, Native};

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
///
/// The Terraform files of one folder are read together, and a document that Terraform reads from another file is that
/// of the file that says what it is for.
pub fn read_all<P: AsRef<str>, T: AsRef<str>>(files: &[(P, T)]) -> Vec<Found> {
    let paths: Files = files.iter().map(|(path, _)| Arc::from(path.as_ref())).collect();
    let given: Vec<&str> = files.iter().map(|(_, text)| text.as_ref()).collect();
    let natives = natives(&paths, &given);
    let native = |number: u32| natives.get(&number).map(|native| native.text.as_str());
    let texts: Vec<&str> = (0..).zip(&given).map(|(number, text)| native(number).unwrap_or(text)).collect();
    let mut found: Vec<Found> = paths.iter().map(|path| Found::nothing(path)).collect();
    let mut consumed = BTreeSet::new();
    for numbers in modules(&paths, &texts, &natives).values() {
        consumed.extend(terraform::read(numbers, &texts, &paths, &mut found));
    }
    for (number, native) in &natives {
        let path = paths.get(*number as usize);
        path.into_iter()
            .for_each(|path| found.iter_mut().for_each(|one| one.translate((path, *number), &native.runs)));
    }
    for ((number, found), text) in (0..).zip(&mut found).zip(&given) {
        if MAX_FILE_BYTES < text.len() {
            found.too_long();
        } else if natives.contains_key(&number) {
            found.format = Some(Format::TerraformConfigurationJson);
        } else if terraform::is_json(&found.path) {
            found.format = Some(Format::TerraformConfigurationJson);
            json::refuse(text, found);
        } else if consumed.contains(&number) {
            // What Terraform reads is a part of it, whatever it is called.
            found.format = Some(Format::Terraform);
        } else {
            other(text, number, &paths, found);
        }
        found.notes.sort_by(|a, b| (&a.place, &a.message).cmp(&(&b.place, &b.message)));
        found.notes.dedup();
    }
    found
}

/// The Terraform files in JSON, by their number, in the native syntax. What is no JSON is none of them.
fn natives(paths: &Files, texts: &[&str]) -> BTreeMap<u32, Native> {
    let numbered = (0..).zip(paths.iter()).zip(texts);
    let own = numbered.filter(|((_, path), text)| terraform::is_json(path) && text.len() <= MAX_FILE_BYTES);
    own.filter_map(|((number, _), text)| Some((number, syntax::native(text, number).ok()?))).collect()
}

/// The numbers of the Terraform files, by folder.
fn modules<'f>(
    paths: &'f Files,
    texts: &[&str],
    natives: &BTreeMap<u32, Native>,
) -> BTreeMap<&'f str, Vec<u32>> {
    let mut modules: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for ((number, path), text) in (0..).zip(paths.iter()).zip(texts) {
        let is_read = !terraform::is_json(path) || natives.contains_key(&number);
        if is_read && terraform::is_part(path) && text.len() <= MAX_FILE_BYTES {
            modules.entry(terraform::folder(path)).or_default().push(number);
        }
    }
    modules
}

/// Reads a file that stands for itself.
fn other(text: &str, number: u32, paths: &Files, found: &mut Found) {
    match kind(&found.path, text) {
        Kind::Json => json::read(text, number, paths, found),
        Kind::Yaml => cloudformation::read_yaml(text, number, paths, found),
        Kind::Other => {}
    }
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
        Some("tf" | "tofu" | "hcl" | "tfvars" | "tpl" | "tftpl" | "tmpl") => Kind::Other,
        Some(_) | None if starts_json => Kind::Json,
        Some("json" | "jsonl" | "ndjson") => Kind::Json,
        Some(_) | None if text.contains("AWS::") => Kind::Yaml,
        Some(_) | None => Kind::Other,
    }
}
