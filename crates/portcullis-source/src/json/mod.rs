//! Policies in JSON: a document, a list of them, or what the AWS CLI prints and other JSON that holds documents, also
//! as text in strings.

mod attached;
mod document;
mod trail;
mod values;
mod walk;

use portcullis_iam::json::{self, JsonError, Node, Value};

use crate::cloudformation;
use crate::found::{Format, Found};
use crate::places::{Files, Runs};
use crate::plan;
use crate::tree;

/// The documents of JSON, which is file number `file`.
pub(crate) fn read(text: &str, file: u32, files: &Files, found: &mut Found) {
    match values::read(text) {
        Ok(values) => of_values(&values, text, file, files, found),
        Err(error) if is_meant(text) => {
            found.format = Some(Format::Json);
            fault(&error, found);
        }
        Err(_) => {}
    }
}

/// Tells why the text of a file that must be JSON is none.
pub(crate) fn refuse(text: &str, found: &mut Found) {
    if let Err(error) = json::parse(text) {
        fault(&error, found);
    }
}

fn fault(error: &JsonError, found: &mut Found) {
    let hint = error.fault.hint().map(str::to_owned);
    found.fault(format!("the file is no JSON: {error}"), hint, error.span);
}

fn of_values(values: &[Value<'_>], text: &str, file: u32, files: &Files, found: &mut Found) {
    if let [root] = values
        && plan::is_plan(root)
    {
        plan::read(&tree::from_json(root, text, &Runs::slice(file, 0)), files, found);
        found.format = Some(Format::TerraformJson);
        return;
    }
    if let [root] = values
        && text.contains("\"Resources\"")
    {
        let tree = tree::from_json(root, text, &Runs::slice(file, 0));
        if cloudformation::read(&tree, files, found) {
            found.format = Some(Format::CloudFormationJson);
            return;
        }
    }
    walk::documents(text, file, files, values, found);
    found.format = format(values, found);
}

fn format(values: &[Value<'_>], found: &Found) -> Option<Format> {
    let is_policy = |value: &Value<'_>| match &value.node {
        Node::Array(items) => items.iter().all(|item| document::is_policy(item, None)),
        Node::Object(_) => document::is_policy(value, None),
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) => false,
    };
    let holds = !found.documents.is_empty();
    holds.then(|| if values.iter().all(is_policy) { Format::PolicyJson } else { Format::Json })
}

/// Whether a text that is no JSON was meant to hold a policy.
fn is_meant(text: &str) -> bool {
    ["\"Statement\"", "\"Effect\"", "\"2012-10-17\"", "\"2008-10-17\"", "\"AWS::"]
        .iter()
        .any(|word| text.contains(word))
}
