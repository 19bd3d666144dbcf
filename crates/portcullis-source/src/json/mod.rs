//! Policies in JSON: a document, a list of them, or what the AWS CLI prints and other JSON that holds documents, also
//! as text in strings.

mod attached;
mod document;
mod trail;
mod values;
mod walk;

use std::sync::Arc;

use portcullis_iam::json::{Node, Value};

use crate::found::{Format, Found};

/// The documents of a JSON file.
pub(crate) fn read(path: &str, text: &str) -> Found {
    let mut found = Found::nothing(path);
    match values::read(text) {
        Ok(values) => {
            found.documents = walk::documents(&Arc::clone(&found.path), text, &values);
            found.format = format(&values, &found);
        }
        Err(error) if is_meant(text) => {
            found.format = Some(Format::Json);
            let hint = error.fault.hint().map(str::to_owned);
            found.fault(format!("the file is no JSON: {error}"), hint, error.span);
        }
        Err(_) => {}
    }
    found
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
    ["\"Statement\"", "\"Effect\"", "\"2012-10-17\"", "\"2008-10-17\""].iter().any(|word| text.contains(word))
}
