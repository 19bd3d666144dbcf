//! `portcullis simulate`: each file of `tests/simulate` is a request, what it shows, and the answer.

use std::path::{Path, PathBuf};
use std::{env, fs};

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use snapbox::cmd::{Command, cargo_bin};

#[cfg(test)]
fn simulate(arguments: &[&str], stdin: &str) -> (String, String, i32) {
    let output =
        Command::new(cargo_bin!("portcullis")).arg("simulate").args(arguments).stdin(stdin).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap())
}

#[cfg(test)]
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/simulate")
}

/// A file of `tests/simulate`.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Case {
    shows: String,
    /// As written: the places of statements depend on it.
    request: Box<RawValue>,
    exit: i32,
    response: Value,
}

#[cfg(test)]
fn cases() -> Vec<(String, Case)> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |path: &PathBuf| {
        let case = serde_json::from_str(&fs::read_to_string(path).unwrap());
        case.unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    files.iter().map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), read(path))).collect()
}

/// The cases of `simulate-text/cases.txt`: what each shows, its arguments after `$ `, then what is printed.
#[test]
fn people_get_the_decision_and_the_statement_that_decides() {
    let folder = folder().with_file_name("simulate-text");
    let path = folder.join("cases.txt");
    let expected = fs::read_to_string(&path).unwrap();
    let arguments =
        |line: &str| line.strip_prefix("$ ").map(|line| line.split(' ').map(str::to_owned).collect());
    let mut found = String::new();
    let mut title = "";
    for line in expected.lines() {
        let Some(arguments): Option<Vec<String>> = arguments(line) else {
            title = if line.is_empty() || line.starts_with(' ') { title } else { line };
            continue;
        };
        let output =
            Command::new(cargo_bin!("portcullis")).current_dir(&folder).arg("simulate").args(&arguments);
        let output = output.output().unwrap();
        let exit = output.status.code().unwrap();
        let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
        let indented: String =
            text.lines().map(|line| format!("    {line}").trim_end().to_owned() + "\n").collect();
        found += &format!("{title}\n{line}\n{indented}    exit {exit}\n\n");
    }
    if env::var_os("SNAPSHOTS").is_some() {
        fs::write(&path, &found).unwrap();
    }
    assert_eq!(found, expected, "run with SNAPSHOTS=overwrite to accept what is new");
}

#[test]
fn requests_are_answered_as_aws_answers() {
    let cases = cases();
    assert!(30 < cases.len(), "the cases are gone");
    for (name, case) in cases {
        let shows = case.shows;
        let (stdout, stderr, exit) = simulate(&["--cli-input-json", "-"], case.request.get());
        assert_eq!(stderr, "", "{name}: {shows}");
        let answer: Value = serde_json::from_str(&stdout).unwrap();
        assert_eq!(answer, case.response, "{name}: {shows}\n{stdout}");
        assert_eq!(exit, case.exit, "{name}: {shows}");
    }
}

#[test]
fn a_batch_answers_line_by_line_and_does_not_stop_at_a_bad_line() {
    let mut lines: Vec<String> =
        cases().iter().map(|(_, case)| case.request.get().replace('\n', " ")).collect();
    let alone = |line: &String| simulate(&["--cli-input-json", "-"], line).0;
    let expected: Vec<Value> = lines.iter().map(|line| serde_json::from_str(&alone(line)).unwrap()).collect();
    lines.insert(1, "{\"ActionNames\": [".to_owned());
    lines.insert(2, "  ".to_owned());
    lines.insert(3, r#"{"PolicyInputList": ["{"], "ActionNames": ["s3:GetObject"]}"#.to_owned());
    let (stdout, _, exit) = simulate(&["--batch", "-"], &lines.join("\n"));
    let mut answers: Vec<Value> = stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(exit, 2);
    let mut error = |key| answers.remove(1)["Error"][key].as_str().unwrap().to_owned();
    assert_eq!(error("Code"), "InvalidInput");
    let message = error("Message");
    assert!(
        message.starts_with("Policy input list item 1 has invalid content: Syntax errors in policy"),
        "{message}"
    );
    assert_eq!(answers, expected);
}

/// An item of `tests/simulate-refused.json`.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Refused {
    request: Box<RawValue>,
    error: Value,
}

#[test]
fn bad_requests_are_refused_in_the_words_of_aws() {
    let path = folder().with_file_name("simulate-refused.json");
    let cases: Vec<Refused> = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    for case in cases {
        let (stdout, stderr, exit) = simulate(&["--batch", "-"], case.request.get());
        let answer: Value = serde_json::from_str(&stdout).unwrap();
        assert_eq!((&answer["Error"], exit), (&case.error, 2), "{}", case.request);
        assert_eq!(stderr, "");
        let (stdout, stderr, exit) = simulate(&["--cli-input-json", "-"], case.request.get());
        let [code, message] = ["Code", "Message"].map(|key| case.error[key].as_str().unwrap());
        assert_eq!((stdout.as_str(), exit), ("", 2), "{}", case.request);
        assert_eq!(stderr, format!("error: {code}: {message}\n"));
    }
}

#[test]
fn a_batch_may_name_principals_of_a_snapshot() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample");
    let request = |user: &str| {
        let arn = format!("arn:aws:iam::222222222222:user/{user}");
        format!(r#"{{"PolicySourceArn": "{arn}", "ActionNames": ["iam:DeleteUser"]}}"#)
    };
    let lines = format!("{}\n{}\n", request("grace"), request("nobody"));
    let (stdout, _, exit) = simulate(&["--snapshot", sample.to_str().unwrap(), "--batch", "-"], &lines);
    let answers: Vec<Value> = stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let grace = &answers[0]["EvaluationResults"][0];
    assert_eq!(grace["EvalDecision"], "explicitDeny");
    assert_eq!(grace["OrganizationsDecisionDetail"]["AllowedByOrganizations"], false);
    assert_eq!((&answers[1]["Error"]["Code"], exit), (&Value::from("NoSuchEntity"), 2));
    let (stdout, _, exit) = simulate(&["--batch", "-"], &request("grace"));
    assert!(stdout.contains("there is no snapshot"), "{stdout}");
    assert_eq!(exit, 2);
}
