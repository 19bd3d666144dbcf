//! Terraform configuration: the documents of a module, which is the files of one folder.
//!
//! Expressions are evaluated as far as the files tell: literals, locals, defaults of variables, attributes that blocks
//! give, and the functions that policies use. The rest is not known.

pub(crate) mod attachment;
pub(crate) mod carrier;
mod collection;
mod documents;
mod eval;
mod function;
mod literal;
mod module;
mod operator;
mod policy_document;
mod references;
pub(crate) mod syntax;
mod template;
mod traversal;

use std::collections::BTreeMap;
use std::sync::Arc;

use hcl_edit::parser;
use portcullis_iam::span::Span;

use crate::found::{Format, Found};
use crate::place::boundary;
use crate::places::Files;
use module::{Module, Parsed};

/// Reads the module of the files with the given numbers, all of one folder, and adds what they hold to theirs.
/// The result is the numbers of further files whose text is a part of some document.
pub(crate) fn read(numbers: &[u32], texts: &[&str], files: &Files, found: &mut [Found]) -> Vec<u32> {
    let parsed: Vec<Parsed> = numbers.iter().filter_map(|number| parse(*number, texts, found)).collect();
    let path = numbers.first().and_then(|number| files.get(*number as usize));
    let folder = path.map(|path| folder(path)).unwrap_or_default();
    let module = Module::new(files, texts, folder, &parsed);
    let holds = documents::of(&module);
    for (file, document) in holds.documents {
        if let Some(found) = found.get_mut(file as usize) {
            found.documents.push(document);
        }
    }
    let by_path: BTreeMap<&Arc<str>, usize> = files.iter().zip(0..).collect();
    for note in holds.notes {
        let number = by_path.get(&note.place.path).copied();
        if let Some(found) = number.and_then(|number| found.get_mut(number)) {
            found.notes.push(note);
        }
    }
    holds.consumed
}

fn parse(file: u32, texts: &[&str], found: &mut [Found]) -> Option<Parsed> {
    let text = texts.get(file as usize).copied().unwrap_or_default();
    let found = found.get_mut(file as usize)?;
    let sets_variables = found.path.ends_with(".tfvars");
    if !sets_variables {
        found.format = Some(Format::Terraform);
    }
    if MAX_BYTES < text.len() {
        let message = format!("the file is longer than {MAX_BYTES} bytes, which no configuration is");
        found.fault(
            message,
            Some("split it, or look at the plan: `terraform show -json`".into()),
            Span::default(),
        );
        return None;
    }
    match parser::parse_body(text) {
        Ok(body) => Some(Parsed { file, body, sets_variables }),
        Err(error) => {
            let at = boundary(text, error.location().offset());
            let message = format!("the file is no Terraform configuration: {}", error.message());
            found.fault(message, Some(HINT.into()), Span::new(at, at));
            None
        }
    }
}

/// The longest file of a module that is read, in bytes (1 MiB): the parser looks for each key of an object among all
/// those before it.
const MAX_BYTES: usize = 1 << 20;

const HINT: &str = "`terraform fmt` points at the same place; look at the quotes and brackets before it";

/// Whether a file is a part of a module: configuration, or variables that are always taken.
pub(crate) fn is_part(path: &str) -> bool {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let is_native = [".tf", ".tofu", ".auto.tfvars"].iter().any(|end| name.ends_with(end));
    is_native || name == "terraform.tfvars" || is_json(name)
}

/// Whether a file is configuration in JSON.
pub(crate) fn is_json(path: &str) -> bool {
    path.ends_with(".tf.json") || path.ends_with(".tofu.json")
}

/// The folder of a path.
pub(crate) fn folder(path: &str) -> &str {
    path.rsplit_once(['/', '\\']).map_or("", |(folder, _)| folder)
}
