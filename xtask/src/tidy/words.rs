//! Words that have no place in tracked files.

use super::Complaint;
use super::tree::Tree;

/// A word, the ends of the names of the files that it must not stand in, and why.
struct Word {
    text: &'static str,
    files: &'static [&'static str],
    /// A folder in which it may stand all the same.
    except: Option<&'static str>,
    reason: &'static str,
}

impl Word {
    const fn new(text: &'static str, files: &'static [&'static str], reason: &'static str) -> Self {
        Self { text, files, except: None, reason }
    }

    fn concerns(&self, path: &str) -> bool {
        let excepted = self.except.is_some_and(|folder| path.starts_with(folder));
        !excepted && self.files.iter().any(|end| path.ends_with(end))
    }
}

const TEXTS: &[&str] = &[".rs", ".md", ".toml", ".sh", ".yml", "/run"];
const RUST: &[&str] = &[".rs"];

const WORDS: &[Word] = &[
    Word::new("TODO", TEXTS, "finish it or leave it out"),
    Word::new("FIXME", TEXTS, "finish it or leave it out"),
    Word::new("/home/", TEXTS, "a path of one machine"),
    Word::new("/Users/", TEXTS, "a path of one machine"),
    Word::new("#[allow(", RUST, "use `#[expect(lint, reason = \"…\")]`"),
    Word::new("#![allow(", RUST, "use `#![expect(lint, reason = \"…\")]`"),
    Word::new("#[ignore", RUST, "a test runs, or is not there"),
    Word::new("#[should_panic", RUST, "test the error that is returned"),
    Word {
        text: "thread::sleep",
        files: RUST,
        // A bench looks at a running program now and then.
        except: Some("xtask/src/bench/"),
        reason: "nothing waits for the clock",
    },
];

/// The words themselves, and what they are tried on.
const EXEMPT: [&str; 3] = ["xtask/src/tidy/words.rs", "xtask/tests/tidy/words.txt", "CONTRIBUTING.md"];

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let texts = tree.files().filter(|(path, _)| !EXEMPT.contains(path));
    texts.flat_map(|(path, text)| of_file(path, text, &tree.root)).collect()
}

fn of_file(path: &str, text: &str, root: &str) -> Vec<Complaint> {
    let words: Vec<_> = WORDS.iter().filter(|word| word.concerns(path)).collect();
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
