//! Arrows point down: every crate uses crates of lower layers only, as the table of ARCHITECTURE.md has them. Only
//! `portcullis-aws` knows the AWS SDK.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::Complaint;
use super::tree::Tree;

const PAGE: &str = "ARCHITECTURE.md";

/// Never shipped: they may use everything, and nothing that ships may use them.
const TOOLS: [&str; 3] = ["xtask", "testkit", "portcullis-fuzz"];

/// The crate that knows the AWS SDK, and how the names of the SDK begin.
const SDK_USER: &str = "portcullis-aws";
const SDK: [&str; 3] = ["aws-sdk-", "aws-config", "aws-smithy-"];

/// A row of the table.
struct Layer<'t> {
    number: u32,
    row: &'t str,
}

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let layers = tree.get(PAGE).map(table).unwrap_or_default();
    let mut complaints = Vec::new();
    for (path, text) in tree.manifests() {
        let Ok(manifest) = text.parse::<Table>() else { continue };
        let Some(name) = manifest.get("package").and_then(|package| package.get("name")?.as_str()) else {
            continue;
        };
        if TOOLS.contains(&name) {
            continue;
        }
        if !layers.contains_key(name) {
            complaints.push(Complaint::new(path, 0, format!("`{name}` has no row in the table of {PAGE}")));
        }
        let refused = shipped_dependencies(&manifest).into_iter();
        let refused = refused.filter_map(|dependency| refusal(&layers, name, &dependency));
        complaints.extend(refused.map(|reason| Complaint::new(path, 0, reason)));
    }
    complaints
}

/// Why a crate may not use another; None when it may.
fn refusal(layers: &BTreeMap<&str, Layer<'_>>, name: &str, dependency: &str) -> Option<String> {
    if SDK.iter().any(|start| dependency.starts_with(start)) && name != SDK_USER {
        return Some(format!("`{name}` uses `{dependency}`, but only `{SDK_USER}` knows the AWS SDK"));
    }
    if TOOLS.contains(&dependency) {
        return Some(format!("`{name}` ships, and `{dependency}` never does: make it a dev-dependency"));
    }
    let (own, other) = (layers.get(name)?, layers.get(dependency)?);
    let short = dependency.trim_start_matches("portcullis-");
    let granted = own.number == other.number && own.row.contains(&format!("may use `{short}`"));
    (own.number <= other.number && !granted).then(|| {
        format!(
            "`{name}` is of layer {}, `{dependency}` of layer {}: arrows point down",
            own.number, other.number
        )
    })
}

/// The rows `| L0 | `portcullis-iam` | … |`.
fn table(page: &str) -> BTreeMap<&str, Layer<'_>> {
    let row = |row| {
        let mut cells = str::split(row, '|').map(str::trim).skip(1);
        let number = cells.next()?.strip_prefix('L')?.parse().ok()?;
        Some((cells.next()?.trim_matches('`'), Layer { number, row }))
    };
    page.lines().filter_map(row).collect()
}

/// What is linked into the crate, or run to build it: not what only its tests use.
fn shipped_dependencies(manifest: &Table) -> Vec<String> {
    let targets = manifest.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values);
    let tables = targets.filter_map(Value::as_table).chain([manifest]);
    let sections =
        tables.flat_map(|table| ["dependencies", "build-dependencies"].map(|name| table.get(name)));
    sections.flatten().filter_map(Value::as_table).flat_map(|section| section.keys().cloned()).collect()
}
