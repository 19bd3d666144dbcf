//! A family is a folder, a member a file: the table, the folder and the pages name the same members.

use std::collections::BTreeSet;

use super::Complaint;
use super::tree::{Tree, folder, stem};

/// A family.
struct Family {
    /// Where the members are; the table is in its `mod.rs`, and names every member as `name::…`.
    folder: &'static str,
    /// Files that are no members.
    helpers: &'static [&'static str],
    /// Whether every member has a page of its name beside it.
    pages: bool,
}

const FAMILIES: &[Family] = &[
    Family { folder: "crates/portcullis-checks/src/audit", helpers: &[], pages: true },
    Family { folder: "crates/portcullis-report/src/format", helpers: &[], pages: false },
    Family { folder: "crates/portcullis-report/src/lint", helpers: &[], pages: false },
    Family {
        folder: "xtask/src/bench",
        helpers: &["binary", "figure", "outside", "question", "timing"],
        pages: false,
    },
    Family { folder: "xtask/src/e2e", helpers: &["npm", "pypi"], pages: false },
    Family { folder: "xtask/src/tidy", helpers: &["tree", "licences"], pages: false },
];

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    FAMILIES.iter().flat_map(|family| family.check(tree)).collect()
}

/// Whether a table uses something of a member.
fn names(table: &str, member: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let before = |at| table.get(..at).unwrap_or_default();
    table.match_indices(&format!("{member}::")).any(|(at, _)| !before(at).ends_with(is_word))
}

impl Family {
    fn check(&self, tree: &Tree) -> Vec<Complaint> {
        let table_path = format!("{}/mod.rs", self.folder);
        let Some(table) = tree.get(&table_path) else { return Vec::new() };
        let members = self.members(tree, "rs");
        let unlisted = members.iter().filter(|member| !names(table, member));
        let mut complaints: Vec<_> = unlisted
            .map(|member| Complaint::new(&table_path, 0, format!("the table does not have `{member}`")))
            .collect();
        if self.pages {
            complaints.extend(self.unpaired(tree, "rs", "md", "has no page beside it"));
            complaints.extend(self.unpaired(tree, "md", "rs", "is the page of nothing"));
        }
        complaints
    }

    /// Complains of every file of one kind that has no file of the other kind beside it.
    fn unpaired(&self, tree: &Tree, kind: &str, other: &str, message: &str) -> Vec<Complaint> {
        let (own, others) = (self.members(tree, kind), self.members(tree, other));
        let path = |member: &String| {
            let stem = if kind == "md" { kebab(member) } else { member.clone() };
            format!("{}/{stem}.{kind}", self.folder)
        };
        own.difference(&others).map(|member| Complaint::new(&path(member), 0, message)).collect()
    }

    /// The members that have a file of a kind, as the names of their modules. Pages have names in kebab-case.
    fn members(&self, tree: &Tree, kind: &str) -> BTreeSet<String> {
        let own = |path: &&str| folder(path) == self.folder && path.rsplit('.').next() == Some(kind);
        let is_member = |name: &&str| *name != "mod" && !self.helpers.contains(name);
        let stems = tree.files().map(|(path, _)| path).filter(own).map(stem).filter(is_member);
        stems.map(|stem| stem.replace('-', "_")).collect()
    }
}

fn kebab(member: &str) -> String {
    member.replace('_', "-")
}
