//! The global condition keys.

use portcullis_iam::catalog::{KeyInfo, global_keys};

use crate::failure::Outcome;

use super::markdown::{code, table};

pub(super) fn render() -> Outcome<String> {
    let rows = global_keys().iter().map(row);
    Ok(format!(
        "# Global condition keys\n\n\
         Keys that are not the key of one service, or accompany their session to every service.\n\
         Key names are compared without regard to case; `${{TagKey}}` stands for any tag.\n\
         A key with several values takes `ForAllValues:` or `ForAnyValue:`.\n\n\
         Source: *AWS global condition context keys* in the IAM guide; the table is \
         `crates/portcullis-iam/data/global-keys.tsv`.\n\n{}",
        table(["key", "type", "values", "carried by"], rows),
    ))
}

fn row(key: &KeyInfo) -> [String; 4] {
    let second = key.other_type.map(|other| format!(" or {}", other.name())).unwrap_or_default();
    [
        code(key.name),
        format!("{}{second}", key.key_type.name()),
        if key.multivalued { "several" } else { "one" }.to_owned(),
        key.availability.unwrap_or_default().to_owned(),
    ]
}
