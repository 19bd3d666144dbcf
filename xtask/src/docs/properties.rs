//! The properties of `portcullis prove`.

use portcullis_finding::Rule;
use portcullis_prove::PROPERTIES;

use crate::failure::Outcome;

use super::markdown::table;

pub(super) fn render() -> Outcome<String> {
    let rules = || PROPERTIES.iter().map(|property| &property.rule);
    let rows = rules().map(|rule| [format!("[`{}`](#{0})", rule.id), rule.title().to_owned()]);
    let sections: Vec<_> = rules().map(section).collect();
    Ok(format!(
        "# Properties\n\n\
         What `portcullis prove` proves of the principals of a snapshot, in the order of its reports.\n\
         What a verdict means is in [prove.md](../prove.md).\n\
         The page of each property, with the cases that test it, is \
         `crates/portcullis-prove/src/property/<id>.md`.\n\n{}\n{}",
        table(["property", "title"], rows),
        sections.join("\n"),
    ))
}

/// The page under the property's id, without the cases that test it.
fn section(rule: &Rule) -> String {
    let told = rule.page.split("\n## Cases\n").next().unwrap_or_default();
    let below = told.split_once('\n').map_or("", |(_, rest)| rest).trim();
    format!(
        "## {}\n\n{}.\n\n{}\n",
        rule.id,
        rule.title(),
        below.replace("\n## ", "\n### ").replacen("## ", "### ", 1)
    )
}
