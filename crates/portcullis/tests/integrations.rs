//! The GitHub Action and the pre-commit hooks call the program as it is.
#![cfg(test)]

use std::path::Path;

use granit_parser::Parser;
use snapbox::cmd::{Command, cargo_bin};

fn text(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name)).unwrap()
}

/// The flags that a line passes to `portcullis lint`.
fn flags(line: &str) -> impl Iterator<Item = &str> {
    line.split([' ', '(', ')', '"']).filter(|word| word.len() > 2 && word.starts_with("--"))
}

fn known_flags() -> String {
    let output = Command::new(cargo_bin!("portcullis")).args(["lint", "--help"]).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn both_files_are_yaml() {
    for name in ["action.yml", ".pre-commit-hooks.yaml"] {
        let text = text(name);
        for event in Parser::new_from_str(&text) {
            assert!(event.is_ok(), "{name}: {event:?}");
        }
    }
}

#[test]
fn every_flag_that_they_pass_exists() {
    let help = known_flags();
    let mut passed = 0;
    for name in ["action.yml", ".pre-commit-hooks.yaml"] {
        let text = text(name);
        let calls = text.lines().filter(|line| line.contains("portcullis lint") || line.contains("flags"));
        for flag in calls.flat_map(flags) {
            assert!(
                help.contains(&format!("{flag} ")) || help.contains(&format!("{flag}\n")),
                "{name}: {flag}"
            );
            passed += 1;
        }
    }
    assert!(6 <= passed, "the calls are gone: {passed}");
}

#[test]
fn the_action_uses_the_inputs_that_it_declares() {
    let text = text("action.yml");
    let (_, inputs) = text.split_once("\ninputs:\n").unwrap();
    let (inputs, rest) = inputs.split_once("\noutputs:\n").unwrap();
    let declared: Vec<_> = inputs
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .map(|line| line.trim().trim_end_matches(':'))
        .collect();
    for used in rest.split("inputs.").skip(1).map(|after| after.split([' ', '}']).next().unwrap()) {
        assert!(declared.contains(&used), "`{used}` is not declared");
    }
    for input in declared {
        assert!(rest.contains(&format!("inputs.{input} ")), "`{input}` is not used");
    }
}
