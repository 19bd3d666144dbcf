//! CloudFormation templates, in JSON and YAML.
//!
//! A template is read to a tree, its intrinsic functions are resolved as far as the template alone tells, and the
//! properties that hold policies are made documents.

mod condition;
mod documents;
mod function;
mod holder;
mod loose;
mod resolve;
mod template;
mod uses;

use portcullis_iam::span::Span;

use crate::found::{Format, Found};
use crate::places::Files;
use crate::tree::Tree;
use crate::yaml::{self, YamlError};

pub(crate) use resolve::Resolver;
pub(crate) use template::Template;

/// Adds the documents of YAML: those of a template, or what else looks like a policy.
pub(crate) fn read_yaml(text: &str, file: u32, files: &Files, found: &mut Found) {
    let (documents, error) = yaml::parse(text, file);
    for document in &documents {
        if read(document, files, found) {
            found.format = Some(Format::CloudFormationYaml);
            continue;
        }
        let template = Template::empty();
        let resolver = Resolver::new(&template, files);
        loose::add(document, "", &resolver, found);
        found.notes.extend(resolver.into_notes());
    }
    if let Some(YamlError { message, at }) = error
        && is_meant(text)
    {
        found.fault(format!("the file is no YAML: {message}"), Some(YAML_HINT.into()), Span::new(at, at));
        found.format = found.format.or(Some(Format::Yaml));
    }
    if !found.documents.is_empty() {
        found.format = found.format.or(Some(Format::Yaml));
    }
}

/// Whether a text that is no YAML was meant to hold policies.
fn is_meant(text: &str) -> bool {
    text.contains("AWS::") || text.contains("Statement:")
}

const YAML_HINT: &str = "look at the indentation and the brackets above this place";

/// Adds the documents of the template that the tree is; false when it is none.
pub(crate) fn read(tree: &Tree, files: &Files, found: &mut Found) -> bool {
    let Some(template) = Template::new(tree) else { return false };
    documents::add(&template, files, found);
    true
}
