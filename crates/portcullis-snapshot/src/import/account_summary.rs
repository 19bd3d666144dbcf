//! `aws iam get-account-summary`: numbers, among them whether root has MFA, a password and access keys.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::fault::Fault;
use super::json;

/// Reads the text of one file.
pub(super) fn read(text: &str) -> Result<BTreeMap<Box<str>, i64>, Fault> {
    let mut maps = json::documents::<Summary>(text)?.into_iter().filter_map(|summary| summary.summary_map);
    maps.next().ok_or_else(|| Fault::new("the file has no `SummaryMap`").hint(HINT))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Summary {
    summary_map: Option<BTreeMap<Box<str>, i64>>,
}

const HINT: &str = "save the output of `aws iam get-account-summary`";
