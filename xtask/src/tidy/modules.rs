//! Every source file belongs to a module, and says in its first line what it is for.

use super::Complaint;
use super::tree::{Tree, folder, stem};

/// Files that cargo finds by itself.
const ROOTS: [&str; 3] = ["lib", "main", "build"];

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let nameless = tree.rust().filter(|(_, text)| !text.starts_with("//!"));
    let nameless =
        nameless.map(|(path, _)| Complaint::new(path, 1, "does not begin with `//!` and its purpose"));
    let orphans = tree.rust().filter(|(path, _)| is_module(path) && !is_declared(tree, path));
    let orphans = orphans.map(|(path, _)| Complaint::new(path, 0, "belongs to no module"));
    nameless.chain(orphans).collect()
}

fn is_module(path: &str) -> bool {
    path.contains("/src/")
        && !path.contains("/src/bin/")
        && !(folder(path).ends_with("/src") && is_root(path))
}

fn is_root(path: &str) -> bool {
    ROOTS.contains(&stem(path))
}

/// Whether the file above says `mod name;`: for `a/b.rs` one of `a/mod.rs`, `a.rs`, `a/lib.rs`, `a/main.rs`.
fn is_declared(tree: &Tree, path: &str) -> bool {
    let (name, home) = match stem(path) {
        "mod" => (stem(folder(path)), folder(folder(path))),
        name => (name, folder(path)),
    };
    let above = ["mod", "lib", "main"].map(|root| format!("{home}/{root}.rs")).into_iter();
    let above = above.chain([format!("{home}.rs")]);
    let declaration = format!("mod {name};");
    let declares = |text: &str| text.lines().any(|line| line.ends_with(&declaration));
    above.filter_map(|path| tree.get(&path)).any(declares)
}
