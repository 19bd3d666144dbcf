//! `portcullis demo` as a shell sees it: `tests/demo.txt` is what a newcomer reads first.
#![cfg(test)]

use std::path::{Path, PathBuf};

use serde_json::Value;
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
    assert_eq!(commands.len(), 5);
    fix(&folder);
    for command in commands {
        let words: Vec<&str> = command.split_whitespace().collect();
        let printed = portcullis(&words, &folder);
        // Of the audit, the demo shows the beginning, and then what is critical.
        let beginning: String = printed.lines().take(11).map(|line| format!("{line}\n")).collect();
        assert!(demo.contains(&beginning), "{command}\n{beginning}");
        assert!(demo.contains(&printed) || command.starts_with("audit"), "{command}");
    }
}

/// Makes the change that `prove` proposes in a copy of the sample.
fn fix(folder: &Path) {
    let words = "prove sample --principal arn:aws:iam::333333333333:user/victor --format json";
    let proof = portcullis(&words.split_whitespace().collect::<Vec<_>>(), folder);
    let proof: Value = serde_json::from_str(&proof).unwrap();
    let edits = &proof["judgements"][0]["parts"][0]["counterexamples"][0]["change"]["edits"];
    assert_eq!(edits.as_array().unwrap().len(), 1);
    portcullis(&["demo", "--write", "fixed"], folder);
    let file = folder.join("fixed/333333333333/account-authorization-details.json");
    let mut details: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    let mut policies = details["Policies"].as_array_mut().unwrap().iter_mut();
    let policy = policies.find(|policy| policy["Arn"] == edits[0]["policy"]).unwrap();
    policy["PolicyVersionList"][0]["Document"] = edits[0]["document"].clone();
    std::fs::write(file, details.to_string()).unwrap();
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
