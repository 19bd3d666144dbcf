//! `portcullis demo` as a shell sees it: `tests/demo.txt` is what a newcomer reads first.
#![cfg(test)]

use std::path::{Path, PathBuf};

use snapbox::cmd::{Command, cargo_bin};

fn portcullis(words: &[&str], folder: &Path) -> String {
    let output = Command::new(cargo_bin!("portcullis")).args(words).current_dir(folder).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// An empty folder of its own.
fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn the_journey() {
    let output = Command::new(cargo_bin!("portcullis")).arg("demo").output().unwrap();
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/demo.txt");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && output.stderr.is_empty());
    // Not with snapbox: it reads `...` and the `\` at the end of a line in ways of its own.
    assert!(
        text == std::fs::read_to_string(page).unwrap(),
        "read it, then: portcullis demo > tests/demo.txt\n{text}"
    );
}

#[test]
fn every_command_that_it_shows_gives_what_it_shows() {
    let folder = scratch("demo-commands");
    let demo = portcullis(&["demo"], &folder);
    portcullis(&["demo", "--write", "sample"], &folder);
    let shown = demo.replace(" \\\n", " ");
    let commands: Vec<&str> = shown.lines().filter_map(|line| line.strip_prefix("$ portcullis ")).collect();
    assert_eq!(commands.len(), 3);
    for command in commands {
        let words: Vec<&str> = command.split_whitespace().collect();
        let printed = portcullis(&words, &folder);
        // Of the audit, the demo shows the beginning, and then what is critical.
        let beginning: String = printed.lines().take(11).map(|line| format!("{line}\n")).collect();
        assert!(demo.contains(&beginning), "{command}\n{beginning}");
        assert!(
            printed.lines().count() < 30 && demo.contains(&printed) || command.starts_with("audit"),
            "{command}"
        );
    }
}

#[test]
fn nothing_is_overwritten() {
    let folder = scratch("demo-overwrite");
    std::fs::write(folder.join("mine.json"), "{}").unwrap();
    let again = Command::new(cargo_bin!("portcullis")).args(["demo", "--write", "."]).current_dir(&folder);
    again
        .assert()
        .code(2)
        .stderr_eq("error: `.` is not empty\nhint: name a new folder: nothing is ever overwritten\n");
}
