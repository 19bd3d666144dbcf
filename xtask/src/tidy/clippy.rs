//! The core crates forbid the same methods: their `clippy.toml` is the same file.

use super::Complaint;
use super::tree::Tree;

/// Where the file is kept.
const HOME: &str = "crates/portcullis-iam/clippy.toml";

/// The layers whose crates are functions of their arguments.
const CORE: [&str; 4] = ["| L0 |", "| L1 |", "| L2 |", "| L3 |"];

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let Some(wanted) = tree.get(HOME) else { return vec![Complaint::new(HOME, 0, "is missing")] };
    let rows = tree.get("ARCHITECTURE.md").unwrap_or_default().lines();
    let rows = rows.filter(|row| CORE.iter().any(|start| row.starts_with(start)));
    let crates = rows.filter_map(|row| row.split('`').nth(1));
    let existing = crates.filter(|name| tree.get(&format!("crates/{name}/Cargo.toml")).is_some());
    let paths = existing.map(|name| format!("crates/{name}/clippy.toml"));
    let others = paths.filter(|path| tree.get(path) != Some(wanted));
    others.map(|path| Complaint::new(&path, 0, format!("is not the same as {HOME}"))).collect()
}
