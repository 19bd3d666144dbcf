//! Folders of rules: one file and one page each, and cases in the page that are run.
//!
//! A case is a heading, files in fenced blocks (`csv credential-report.csv`), and what the rule says of them in a last
//! block. With `PORTCULLIS_UPDATE=1` what is said replaces what was expected.
#![expect(clippy::panic, reason = "only tests call it")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;

use portcullis_finding::Rule;

/// The rules of a table, and the folder that has a file and a page for each.
pub struct RulePages {
    folder: PathBuf,
    rules: Vec<&'static Rule>,
    /// The line that opens the block with what a rule says.
    fence: String,
}

/// The text of a case, up to what is said of it.
pub type Case<'t> = &'t str;

impl RulePages {
    /// `block` is how the block with what is said is named (`text findings`).
    pub fn new(folder: PathBuf, rules: impl Iterator<Item = &'static Rule>, block: &str) -> Self {
        Self { folder, rules: rules.collect(), fence: format!("\n```{block}\n") }
    }

    /// Stops where the table, the folder and the pages differ, or a page lacks what every page has, or one of `sections`.
    pub fn assert_complete(&self, sections: &[&str]) {
        let ids: BTreeSet<_> = self.rules.iter().map(|rule| rule.id.to_owned()).collect();
        assert_eq!(ids.len(), self.rules.len(), "an id is used twice");
        assert_eq!(ids, self.stems("md"), "table and pages differ");
        let files: BTreeSet<_> = self.stems("rs").iter().map(|stem| stem.replace('_', "-")).collect();
        assert_eq!(ids, files, "table and folder differ");
        for rule in &self.rules {
            assert!(rule.title() != rule.id && !rule.title().ends_with('.'), "{}: no title", rule.id);
            assert!(!rule.rationale().is_empty(), "{}: why does it matter?", rule.id);
            assert!(!rule.remediation().is_empty(), "{}: what is to be done?", rule.id);
            let missing = sections.iter().find(|section| !rule.page.contains(&format!("\n## {section}\n")));
            assert!(missing.is_none(), "{}: no section `{missing:?}`", rule.id);
        }
    }

    /// Stops where a rule says of a case what its page does not.
    pub fn assert_cases(&self, say: impl Fn(Case<'_>, &Rule) -> String) {
        let update = std::env::var_os("PORTCULLIS_UPDATE").is_some();
        let mut wrong = Vec::new();
        for rule in &self.rules {
            let path = self.folder.join(format!("{}.md", rule.id));
            let page =
                std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let said = self.rerun(&page, rule, &say);
            if update {
                std::fs::write(&path, &said).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            } else if said != page {
                wrong.push(difference(rule.id, &page, &said));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    /// The page with what the rule says today under each of its cases.
    fn rerun(&self, page: &str, rule: &Rule, say: &impl Fn(Case<'_>, &Rule) -> String) -> String {
        let id = rule.id;
        let (head, cases) = page.split_once("\n## Cases\n").unwrap_or_else(|| panic!("{id}: no cases"));
        let mut parts = cases.split("\n### ");
        let mut said = format!("{head}\n## Cases\n{}", parts.next().unwrap_or_default());
        let mut number = 0;
        for case in parts {
            let split = case.split_once(&self.fence);
            let (text, expected) = split.unwrap_or_else(|| panic!("{id}: nothing is said of a case: {case}"));
            assert!(expected.trim_end().ends_with("```"), "{id}: text after what is said of a case");
            let _ = write!(said, "\n### {text}{}{}```\n", self.fence, say(text, rule));
            number += 1;
        }
        assert!(0 < number, "{id}: no cases");
        said
    }

    fn stems(&self, extension: &str) -> BTreeSet<String> {
        let folder = self.folder.display();
        let entries = std::fs::read_dir(&self.folder).unwrap_or_else(|error| panic!("{folder}: {error}"));
        let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
        let own = paths
            .filter(|path| path.extension().is_some_and(|end| end == extension) && !path.ends_with("mod.rs"));
        own.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned())).collect()
    }
}

/// The fenced files of a case.
pub fn files(case: Case<'_>) -> Vec<(String, String)> {
    let blocks = case.split("\n```").skip(1).filter_map(|block| block.split_once('\n'));
    let named =
        blocks.filter_map(|(info, text)| Some((info.split_once(' ')?.1.to_owned(), format!("{text}\n"))));
    named.collect()
}

fn difference(id: &str, page: &str, said: &str) -> String {
    let mut lines = format!("{id}.md:\n");
    for diff in page.lines().zip(said.lines()).filter(|(old, new)| old != new).take(4) {
        let _ = writeln!(lines, "  expected: {}\n  said:     {}", diff.0, diff.1);
    }
    let _ = writeln!(lines, "  (PORTCULLIS_UPDATE=1 writes what is said)");
    lines
}
