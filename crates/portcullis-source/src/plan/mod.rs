//! Plans and states as `terraform show -json` prints them: every value is known, or said to be known after apply.
//!
//! Policies stand in them as strings of JSON. Whom they are attached to, the values tell by ARNs; of what does not
//! exist yet, the configuration in the same file tells by references.

mod configuration;
mod documents;
mod resource;

use portcullis_iam::json::Value;

use crate::found::Found;
use crate::guess::member;
use crate::places::Files;
use crate::tree::Tree;

/// Whether a JSON file is a plan or a state.
pub(crate) fn is_plan(root: &Value<'_>) -> bool {
    let has = |key| member(root, key).is_some();
    has("format_version") && (has("planned_values") || has("resource_changes") || has("values"))
}

/// Adds the documents of a plan or a state.
pub(crate) fn read(root: &Tree, files: &Files, found: &mut Found) {
    documents::add(root, files, found);
}
