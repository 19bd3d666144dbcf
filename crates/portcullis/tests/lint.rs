//! `portcullis lint` as a shell sees it.
#![cfg(test)]

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use snapbox::cmd::{Command, cargo_bin};

const NOW: &str = "2026-11-24T09:00:00Z";

fn lint(folder: &Path, args: &[&str]) -> Command {
    let command = Command::new(cargo_bin!("portcullis")).arg("lint").args(args).current_dir(folder);
    command.env("PORTCULLIS_NOW", NOW)
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lint")
}

/// A copy of the files of the tests, in a folder of its own below the target folder.
fn copy(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    for file in ["force-mfa.json", "infra/main.tf", "infra/scp.tf"] {
        fs::create_dir_all(folder.join(file).parent().unwrap()).unwrap();
        fs::copy(self::folder().join(file), folder.join(file)).unwrap();
    }
    folder
}

fn stdout(command: Command) -> String {
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

/// What is printed for people: each case is a title, `$ arguments`, and below it the output and the exit code.
#[test]
fn people_are_told_what_is_wrong_and_where() {
    let path = folder().join("cases.txt");
    let expected = fs::read_to_string(&path).unwrap();
    let mut title = "";
    let mut found = String::new();
    for line in expected.lines().filter(|line| !line.starts_with("    ") && !line.is_empty()) {
        let Some(arguments) = line.strip_prefix("$ ") else {
            title = line;
            continue;
        };
        let output = lint(&folder(), &arguments.split(' ').collect::<Vec<_>>()).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
        let indented: String =
            text.lines().map(|line| format!("    {line}").trim_end().to_owned() + "\n").collect();
        found += &format!("{title}\n{line}\n{indented}    exit {}\n\n", output.status.code().unwrap());
    }
    if std::env::var_os("SNAPSHOTS").is_some() {
        fs::write(&path, &found).unwrap();
    }
    assert_eq!(found, expected, "run with SNAPSHOTS=overwrite to accept what is new");
}

#[test]
fn programs_get_what_the_schemas_promise() {
    for (format, schema) in [
        ("json", "../../docs/lint.schema.json"),
        ("sarif", "../portcullis-report/tests/sarif/sarif-schema-2.1.0.json"),
    ] {
        let output: Value =
            serde_json::from_str(&stdout(lint(&folder(), &[".", "--format", format]))).unwrap();
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(schema)).unwrap();
        // The pattern of the language, which Portcullis does not write, is no regular expression.
        let text = text.replace("^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$", "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$");
        let validator = jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap();
        let errors: Vec<_> = validator.iter_errors(&output).take(5).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{format}: {errors:?}");
    }
}

#[test]
fn what_a_rule_cannot_decide_is_unknown_in_every_format() {
    let read = |format| -> Value {
        let output = lint(&folder(), &["open", "--format", format]).output().unwrap();
        assert_eq!(output.status.code(), Some(3), "{format}");
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let json = read("json");
    let one = &json["diagnostics"][0];
    assert_eq!(one["rule"], "deny-misses-access-keys");
    assert_eq!((&one["status"], &json["summary"]["unknown"]), (&"unknown".into(), &1.into()));
    assert!(one["message"].as_str().unwrap().contains("`var.buckets`"), "{one}");
    let sarif = read("sarif");
    let one = &sarif["runs"][0]["results"][0];
    assert_eq!((&one["ruleId"], &one["kind"]), (&"deny-misses-access-keys".into(), &"open".into()));
    assert!(one["message"]["text"].as_str().unwrap().contains("`var.buckets`"), "{one}");
}

#[test]
fn the_same_files_give_the_same_bytes() {
    for format in ["text", "json", "sarif"] {
        let print = || stdout(lint(&folder(), &[".", "--format", format]));
        assert_eq!(print(), print(), "{format}");
    }
}

#[test]
fn code_scanning_finds_the_files_from_the_root_of_the_repository() {
    let root = copy("lint-root");
    fs::create_dir_all(root.join(".git")).unwrap();
    let log = stdout(lint(&root.join("infra"), &["main.tf", "--format", "sarif"]));
    assert!(log.contains("\"uri\": \"infra/main.tf\"") && !log.contains(root.to_str().unwrap()), "{log}");
}

#[test]
fn fixes_are_written_and_nothing_is_left_of_what_they_fix() {
    let folder = copy("lint-fix");
    let file = folder.join("force-mfa.json");
    let before = fs::read_to_string(&file).unwrap();
    lint(&folder, &["force-mfa.json", "--fix", "--diff"]).assert().code(0);
    assert_eq!(fs::read_to_string(&file).unwrap(), before);
    let said = stdout(lint(&folder, &["force-mfa.json", "--fix"]));
    assert!(said.starts_with("fixed force-mfa.json:12: use `BoolIfExists` ("), "{said}");
    assert_eq!(fs::read_to_string(&file).unwrap(), before.replace("\"Bool\"", "\"BoolIfExists\""));
    lint(&folder, &["force-mfa.json", "--only", "deny-misses-access-keys", "--fail-on", "low"])
        .assert()
        .code(0);
    let names: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "something was left behind: {names:?}");
}

#[test]
fn what_git_ignores_is_left_out_unless_it_is_named() {
    let folder = copy("lint-ignored");
    fs::create_dir_all(folder.join(".git")).unwrap();
    fs::write(folder.join(".gitignore"), "*.json\n").unwrap();
    let found = |args: &[&str]| stdout(lint(&folder, args)).contains("force-mfa.json");
    assert!(!found(&["."]));
    assert!(found(&[".", "--no-ignore"]));
    assert!(found(&["force-mfa.json"]));
}

#[test]
fn the_standard_input_is_read_under_the_name_that_it_is_given() {
    let text = fs::read_to_string(folder().join("infra/main.tf")).unwrap();
    let command = lint(&folder(), &["-", "--stdin-filename", "infra/new.tf"]).stdin(text);
    assert!(stdout(command).contains("--> infra/new.tf:19:18"));
    let command = lint(&folder(), &["-", "--fix"]).stdin("{}");
    command.assert().code(2);
}

#[test]
fn rules_are_selected_and_listed() {
    let list = stdout(lint(&folder(), &["--list-rules"]));
    assert!(
        list.contains("deny-misses-access-keys  high      ") || list.contains("deny-misses-access-keys "),
        "{list}"
    );
    lint(&folder(), &["force-mfa.json"]).assert().code(1);
    lint(&folder(), &["force-mfa.json", "--skip", "deny-misses-access-keys"]).assert().code(0);
    lint(&folder(), &["force-mfa.json", "--fail-on", "critical"]).assert().code(0);
}
