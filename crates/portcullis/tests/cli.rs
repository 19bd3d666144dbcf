//! The command line as a shell sees it.

use snapbox::cmd::{Command, cargo_bin};

fn portcullis() -> Command {
    Command::new(cargo_bin!("portcullis"))
}

#[test]
fn help_names_the_exit_codes() {
    let assert = portcullis().arg("--help").assert().success();
    let help = String::from_utf8(assert.get_output().stdout.clone()).unwrap();
    assert!(help.contains("Usage: portcullis"), "{help}");
    assert!(help.contains("3    incomplete"), "{help}");
}

#[test]
fn wrong_usage_is_exit_code_2_and_talks_to_stderr() {
    let assert = portcullis().args(["completions", "tcsh"]).assert().code(2).stdout_eq("");
    let talk = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
    assert!(talk.starts_with("error: invalid value 'tcsh' for '<SHELL>'"), "{talk}");
}

#[test]
fn completions_are_data() {
    let assert = portcullis().args(["completions", "bash"]).assert().success().stderr_eq("");
    let script = String::from_utf8(assert.get_output().stdout.clone()).unwrap();
    assert!(script.contains("complete -F _portcullis"), "{script}");
}
