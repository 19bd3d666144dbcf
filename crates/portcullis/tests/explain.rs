//! `portcullis explain` as a shell sees it.
#![cfg(test)]

use portcullis_checks::rules;
use snapbox::cmd::{Command, cargo_bin};

fn explain(args: &[&str]) -> Command {
    Command::new(cargo_bin!("portcullis")).arg("explain").args(args)
}

fn stdout(args: &[&str]) -> String {
    let assert = explain(args).assert().success().stderr_eq("");
    String::from_utf8(assert.get_output().stdout.clone()).unwrap()
}

#[test]
fn a_rule_is_explained_in_lines_that_fit() {
    let page = stdout(&["weak-password-policy"]);
    assert!(
        page.starts_with(
            "Weak password policy\nweak-password-policy · medium · check of `portcullis audit`\n"
        )
    );
    assert!(page.contains("\nRemediation\n\n") && !page.contains("```") && !page.contains('#'), "{page}");
}

#[test]
fn every_rule_has_a_page_that_the_terminal_can_show() {
    for (_, rule) in rules::all() {
        let page = stdout(&[rule.id]);
        assert!(page.lines().all(|line| line.chars().count() <= 100), "{page}");
        assert_eq!(stdout(&[rule.id, "--format", "markdown"]), rule.page);
    }
}

#[test]
fn without_a_rule_all_are_listed() {
    let list = stdout(&[]);
    assert!(list.contains("checks of `portcullis audit`\n  root-without-mfa "), "{list}");
    assert_eq!(list.lines().filter(|line| line.starts_with("  ")).count(), rules::all().count());
}

#[test]
fn a_misspelt_rule_is_answered_with_those_that_are_near() {
    let hint = |rule: &str| {
        let assert = explain(&[rule]).assert().code(2).stdout_eq("");
        String::from_utf8(assert.get_output().stderr.clone()).unwrap()
    };
    assert!(hint("mfa-not-enfored").contains("hint: did you mean `mfa-not-enforced`?"));
    assert!(
        hint("password").contains("`unused-password` or `password-never-used` or `weak-password-policy`")
    );
    assert!(hint("zzz").contains("hint: `portcullis explain` lists every rule"));
}
