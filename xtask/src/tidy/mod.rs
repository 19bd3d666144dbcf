//! `cargo xtask tidy`: what no compiler checks.
//!
//! A rule is one file and one line of the table, and looks at the [`Tree`] of tracked files only. Its cases are small
//! trees in `xtask/tests/tidy/<rule>.txt`.

mod clippy;
mod families;
mod generated;
mod layers;
mod licences;
mod manifests;
mod modules;
mod size;
mod tree;
mod words;

use std::fmt;

use crate::failure::{Failure, Outcome};
use crate::files;
use tree::Tree;

/// A rule.
struct Rule {
    name: &'static str,
    check: fn(&Tree) -> Vec<Complaint>,
}

/// Something that is not as it should be.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Complaint {
    path: String,
    /// From 1; 0 when the whole file is meant.
    line: usize,
    message: String,
}

const RULES: &[Rule] = &[
    Rule { name: "clippy", check: clippy::check },
    Rule { name: "families", check: families::check },
    Rule { name: "generated", check: generated::check },
    Rule { name: "layers", check: layers::check },
    Rule { name: "manifests", check: manifests::check },
    Rule { name: "modules", check: modules::check },
    Rule { name: "size", check: size::check },
    Rule { name: "words", check: words::check },
];

/// Checks the tracked files of the project, and the licences of what it is built from.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    if let Some(argument) = arguments.first() {
        return Err(Failure::Usage(format!("tidy does not know `{argument}`")));
    }
    let tree = Tree::tracked(files::root())?;
    let mut count = report("licences", licences::check()?);
    for rule in RULES {
        count += report(rule.name, (rule.check)(&tree));
    }
    if count == 0 { Ok(()) } else { Err(Failure::Unmet(format!("{count} untidy places"))) }
}

/// Prints the complaints of a rule, and counts them.
fn report(rule: &str, mut complaints: Vec<Complaint>) -> usize {
    complaints.sort();
    complaints.iter().for_each(|complaint| println!("{complaint} [{rule}]"));
    complaints.len()
}

impl Complaint {
    /// About a line, from 1; 0 for a whole file.
    fn new(path: &str, line: usize, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, message: message.into() }
    }
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path, self.message),
            line => write!(f, "{}:{line}: {}", self.path, self.message),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs the cases of a rule: a title after `==`, files after `---`, and the expected complaints after `=>`.
    fn check(rule: &Rule) {
        let path = files::root().join(format!("xtask/tests/tidy/{}.txt", rule.name));
        let cases = files::read(&path).unwrap();
        let mut count = 0;
        for case in cases.split("== ").skip(1) {
            let (title, case) = case.split_once('\n').unwrap();
            let (tree, expected) = case.split_once("=>\n").unwrap();
            let mut found = (rule.check)(&Tree::of_case(tree));
            found.sort();
            let found: Vec<_> = found.iter().map(Complaint::to_string).collect();
            assert_eq!(found.join("\n"), expected.trim(), "{}: {title}", rule.name);
            count += 1;
        }
        assert!(count > 1, "{}: a rule has a case that passes and one that fails", rule.name);
    }

    #[test]
    fn every_rule_finds_what_its_cases_say() {
        RULES.iter().for_each(check);
    }
}
