//! `portcullis prove` as a shell sees it: `tests/prove.txt` is what a newcomer reads of the sample.
#![cfg(test)]

use std::path::{Path, PathBuf};

use serde_json::Value;
use snapbox::cmd::{Command, cargo_bin};

const NOW: &str = "2026-11-02T09:00:00Z";

fn portcullis(command: &str, args: &[&str]) -> Command {
    Command::new(cargo_bin!("portcullis"))
        .arg(command)
        .env("PORTCULLIS_NOW", NOW)
        .args(args)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
}

fn prove(args: &[&str]) -> Command {
    portcullis("prove", args)
}

fn stdout(command: Command) -> String {
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

fn json(args: &[&str]) -> Value {
    serde_json::from_str(&stdout(prove(args).args(["--format", "json"]))).unwrap()
}

/// A folder of its own below the target folder, empty.
fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn schema() -> jsonschema::Validator {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/prove.schema.json");
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

fn follows_the_schema(output: &Value) {
    let schema = schema();
    let errors: Vec<_> = schema
        .iter_errors(output)
        .take(5)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
}

/// A guardrail that lists what it denies, and is aimed at everybody.
const LISTED: &str = r#"{"Version": "2012-10-17", "Statement": [{"Sid": "Listed", "Effect": "Deny", "Action": ["s3:*", "ec2:*"], "Resource": "*",
  "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}}]}"#;

fn guardrail(name: &str) -> String {
    let path = scratch(name).join("listed.json");
    std::fs::write(&path, LISTED).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_newcomer_reads_it() {
    let text = stdout(prove(&["sample"]));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/prove.txt");
    if std::env::var_os("PORTCULLIS_UPDATE").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(text == expected, "read it, then: PORTCULLIS_UPDATE=1 writes what is printed\n{text}");
}

#[test]
fn the_json_follows_its_published_schema() {
    follows_the_schema(&json(&["sample"]));
    let file = guardrail("prove-schema");
    follows_the_schema(&json(&["sample", "--guardrail", &file, "--attach", "scp:ou-a1b2-workload"]));
    follows_the_schema(&json(&["sample/222222222222/account-authorization-details.json"]));
    follows_the_schema(&json(&["sample", "--before", "sample", "--property", "no-new-access-without-mfa"]));
}

#[test]
fn the_schema_refuses_what_the_contract_does_not_have() {
    let mut output = json(&["sample", "--principal", "arn:aws:iam::333333333333:user/victor"]);
    follows_the_schema(&output);
    output["judgements"][0]["verdict"] = "perhaps".into();
    assert!(!schema().is_valid(&output));
    let mut output = json(&["sample", "--principal", "arn:aws:iam::333333333333:user/victor"]);
    output["judgements"][0]["parts"][0].as_object_mut().unwrap().remove("counterexamples");
    assert!(!schema().is_valid(&output));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for format in ["text", "json"] {
        let print = || stdout(prove(&["sample", "--format", format]));
        assert_eq!(print(), print(), "{format}");
    }
}

/// The requests of all counterexamples as they are written, each with what was said of it: those of the first principal,
/// and of every other one, who is judged alike.
fn said(proof: &Value) -> Vec<(String, String)> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mut said = Vec::new();
    let judgements = list(&proof["judgements"]);
    let parts = judgements.iter().flat_map(|judgement| list(&judgement["parts"]));
    for found in parts.flat_map(|part| list(&part["counterexamples"])) {
        let steps = list(&found["steps"]);
        let others = list(&found["others"]);
        let first = steps.iter().map(|step| step["witness"].clone()).collect();
        for witnesses in std::iter::once(first).chain(others.iter().map(|own| list(&own["steps"]))) {
            for (witness, step) in witnesses.iter().zip(&steps) {
                said.push((witness.to_string(), step["decision"].as_str().unwrap().to_owned()));
            }
        }
    }
    said
}

/// The principals of whom something is refuted, or accepted.
fn refuted(proof: &Value) -> Vec<String> {
    let judgements = proof["judgements"].as_array().unwrap().iter();
    let found = judgements.filter(|own| own["verdict"] == "refuted" || own["verdict"] == "accepted");
    let names = |own: &Value| own["subjects"].as_array().unwrap().clone();
    found.flat_map(names).map(|arn| arn.as_str().unwrap().to_owned()).collect()
}

/// Writes the witnesses, replays them, and compares what `simulate` says with what was said.
fn replays(name: &str, args: &[&str]) {
    let file = scratch(name).join("witnesses.jsonl");
    let file = file.to_str().unwrap();
    let proof = json(&[args, &["--witnesses", file]].concat());
    let said = said(&proof);
    assert!(!said.is_empty(), "{name}");
    let lines = std::fs::read_to_string(file).unwrap();
    for principal in refuted(&proof) {
        assert!(lines.contains(&format!("\"PolicySourceArn\":\"{principal}\"")), "{name}: {principal}");
    }
    let answers = stdout(portcullis("simulate", &["--snapshot", args[0], "--batch", file]));
    let answers: Vec<Value> = answers.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), said.len());
    for (answer, (witness, decision)) in answers.iter().zip(&said) {
        let result = &answer["EvaluationResults"][0];
        let access = match result["EvalDecision"].as_str() {
            Some("allowed") => "allowed",
            Some(_) if result["Undetermined"].is_null() => "denied",
            Some(_) => "undetermined",
            None => "refused",
        };
        assert_eq!(access, decision, "{name}: {witness}\n{answer}");
    }
}

#[test]
fn every_witness_replays() {
    replays("prove-replay", &["sample"]);
}

#[test]
fn witnesses_of_what_is_not_in_force_replay_too() {
    let file = guardrail("prove-listed");
    replays("prove-replay-identity", &["sample", "--guardrail", &file, "--attach", "users"]);
    let bounded = "boundary:arn:aws:iam::333333333333:user/peggy";
    replays("prove-replay-boundary", &["sample", "--guardrail", &file, "--attach", "boundary:users"]);
    follows_the_schema(&json(&["sample", "--guardrail", &file, "--attach", bounded]));
    replays("prove-replay-control", &["sample", "--guardrail", &file, "--attach", "scp:ou-a1b2-workload"]);
}

#[test]
fn the_commands_that_it_shows_replay() {
    let text = stdout(prove(&["sample", "--all"]));
    let joined = text.replace(" \\\n", " ");
    let commands: Vec<&str> =
        joined.lines().filter_map(|line| line.trim().strip_prefix("portcullis simulate ")).collect();
    assert!(10 < commands.len());
    for command in commands {
        let words: Vec<&str> = command.split_whitespace().map(|word| word.trim_matches('\'')).collect();
        let code = portcullis("simulate", &words).output().unwrap().status.code();
        assert!(code == Some(0) || code == Some(1), "{command}");
    }
}

#[test]
fn exit_codes_tell_what_was_found() {
    let of = |principal: &str, property: &str| {
        let arn = format!("arn:aws:iam::333333333333:user/{principal}");
        prove(&["sample", "--principal", &arn, "--property", property]).output().unwrap().status.code()
    };
    assert_eq!(of("peggy", "no-access-without-mfa"), Some(0));
    assert_eq!(of("victor", "no-access-without-mfa"), Some(1));
    assert_eq!(of("service/robot-backup", "no-access-without-mfa"), Some(0), "an exemption accepts it");
    let folder = scratch("prove-unread").join("222222222222");
    std::fs::create_dir_all(&folder).unwrap();
    let report = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample/222222222222/credential-report.csv");
    std::fs::copy(report, folder.join("credential-report.csv")).unwrap();
    let folder = folder.to_str().unwrap();
    prove(&[folder, "--property", "no-access-without-mfa"]).assert().code(3);
}

#[test]
fn wrong_input_is_exit_code_2_with_advice() {
    let refuses = |args: &[&str], message: &str| {
        let assert = prove(args).assert().code(2).stdout_eq("");
        let said = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
        assert!(said.contains(message), "{said}");
    };
    refuses(&["nowhere"], "error: cannot read `nowhere`");
    refuses(&["sample", "--property", "mfa"], "error: unknown property `mfa`\nhint: ");
    refuses(&["sample", "--account", "999999999999"], "error: account `999999999999` is not in the snapshot");
    refuses(&["sample", "--principal", "alice"], "error: `alice` is no ARN\nhint: ");
    let nobody = "arn:aws:iam::111111111111:user/nobody";
    refuses(&["sample", "--principal", nobody], "error: there is no `arn:aws:iam::111111111111:user/nobody`");
    let file = guardrail("prove-wrong");
    refuses(&["sample", "--guardrail", &file], "--attach <WHERE>");
    refuses(
        &["sample", "--guardrail", &file, "--attach", "everybody"],
        "error: `everybody` is nothing to attach",
    );
    refuses(
        &["sample", "--guardrail", &file, "--attach", "scp:ou-none"],
        "no root, unit or account `ou-none`",
    );
    refuses(&["sample", "--guardrail", "Cargo.toml", "--attach", "users"], "error: Cargo.toml:1:2: ");
}

#[test]
fn properties_are_listed() {
    let text = stdout(prove(&["--list-properties"]));
    assert!(text.lines().count() == 7 && text.starts_with("no-access-without-mfa "), "{text}");
}

#[test]
fn a_guardrail_that_lists_actions_proves_nothing_and_one_that_denies_the_rest_does() {
    let alice = "arn:aws:iam::111111111111:user/alice";
    let of = |file: &str| {
        let args = ["sample", "--principal", alice, "--property", "no-access-without-mfa"];
        let proof = json(&[&args[..], &["--guardrail", file, "--attach", alice]].concat());
        proof["judgements"][0]["verdict"].as_str().unwrap().to_owned()
    };
    assert_eq!(of(&guardrail("prove-alice")), "refuted");
    let proof = json(&["sample", "--principal", alice, "--property", "no-access-without-mfa"]);
    let path = scratch("prove-whole").join("whole.json");
    std::fs::write(&path, WHOLE).unwrap();
    assert_eq!(proof["judgements"][0]["verdict"], "refuted");
    assert_eq!(of(path.to_str().unwrap()), "proved");
}

const WHOLE: &str = r#"{"Version": "2012-10-17", "Statement": [
  {"Effect": "Deny", "NotAction": ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:ListMFADevices", "sts:GetSessionToken"],
   "Resource": "*", "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}},
  {"Effect": "Deny", "Action": ["iam:EnableMFADevice", "iam:ListMFADevices"],
   "NotResource": ["arn:aws:iam::*:user/${aws:username}", "arn:aws:iam::*:user/*/${aws:username}"],
   "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}}]}"#;
