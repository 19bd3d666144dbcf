//! Words that have no place in tracked files.

use super::Complaint;
use super::tree::Tree;

/// A word, the ends of the names of the files that it must not stand in, and why.
struct Word {
    text: &'static str,
    files: &'static [&'static str],
    reason: &'static str,
}

const TEXTS: &[&str] = &[".rs", ".md", ".toml", ".sh", ".yml", "/run"];
const RUST: &[&str] = &[".rs"];

const WORDS: &[Word] = &[
    Word { text: "TODO", files: TEXTS, reason: "finish it or leave it out" },
    Word { text: "FIXME", files: TEXTS, reason: "finish it or leave it out" },
    Word { text: "/home/", files: TEXTS, reason: "a path of one machine" },
    Word { text: "/Users/", files: TEXTS, reason: "a path of one machine" },
    Word { text: "#[allow(", files: RUST, reason: "use `#[expect(lint, reason = \"…\")]`" },
    Word { text: "#![allow(", files: RUST, reason: "use `#![expect(lint, reason = \"…\")]`" },
    Word { text: "#[ignore", files: RUST, reason: "a test runs, or is not there" },
    Word { text: "#[should_panic", files: RUST, reason: "test the error that is returned" },
    Word { text: "thread::sleep", files: RUST, reason: "nothing waits for the clock" },
];

/// The words themselves, and what they are tried on.
const EXEMPT: [&str; 3] = ["xtask/src/tidy/words.rs", "xtask/tests/tidy/words.txt", "CONTRIBUTING.md"];

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let texts = tree.files().filter(|(path, _)| !EXEMPT.contains(path));
    texts.flat_map(|(path, text)| of_file(path, text, &tree.root)).collect()
}

fn of_file(path: &str, text: &str, root: &str) -> Vec<Complaint> {
    let words: Vec<_> =
        WORDS.iter().filter(|word| word.files.iter().any(|end| path.ends_with(end))).collect();
    let mut complaints = Vec::new();
    for (at, line) in text.lines().enumerate() {
        for word in words.iter().filter(|word| line.contains(word.text)) {
            complaints.push(Complaint::new(path, at + 1, format!("`{}`: {}", word.text, word.reason)));
        }
        if line.contains(root) {
            complaints.push(Complaint::new(path, at + 1, "the path of this checkout"));
        }
    }
    complaints
}
