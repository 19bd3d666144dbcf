//! `portcullis audit` as a shell sees it.
#![cfg(test)]

use std::path::{Path, PathBuf};

use serde_json::Value;
use snapbox::cmd::{Command, cargo_bin};

const NOW: &str = "2026-11-03T09:00:00Z";

fn audit(args: &[&str]) -> Command {
    Command::new(cargo_bin!("portcullis"))
        .arg("audit")
        .env("PORTCULLIS_NOW", NOW)
        .args(args)
        .current_dir(root())
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn stdout(command: Command) -> String {
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

fn json(args: &[&str]) -> Value {
    serde_json::from_str(&stdout(audit(args).args(["--format", "json"]))).unwrap()
}

/// A folder of its own below the target folder, empty.
fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// A copy of one account of the sample, without some of its files.
fn account_without(name: &str, left_out: &[&str]) -> PathBuf {
    let folder = scratch(name).join("222222222222");
    copy(&root().join("sample/222222222222"), &folder, left_out);
    folder
}

fn copy(from: &Path, to: &Path, left_out: &[&str]) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() {
            copy(&entry.path(), &to.join(name), left_out);
        } else if !left_out.contains(&name.as_str()) {
            std::fs::copy(entry.path(), to.join(name)).unwrap();
        }
    }
}

fn schema() -> jsonschema::Validator {
    let text = std::fs::read_to_string(root().join("../../docs/audit.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&text).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

fn follows_the_schema(output: &Value) {
    let schema = schema();
    let errors: Vec<_> = schema.iter_errors(output).take(5).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
}

#[test]
fn the_json_follows_its_published_schema() {
    let earlier = scratch("schema").join("earlier.json");
    let whole = json(&["sample"]);
    follows_the_schema(&whole);
    std::fs::write(&earlier, whole.to_string()).unwrap();
    follows_the_schema(&json(&["sample", "--since", earlier.to_str().unwrap(), "--account", "222222222222"]));
    let sparse = account_without("sparse", &["credential-report.csv", "password-policy.json"]);
    follows_the_schema(&json(&[sparse.to_str().unwrap()]));
}

#[test]
fn the_schema_refuses_what_the_contract_does_not_have() {
    let mut output = json(&["sample", "--only", "root-access-key"]);
    output["findings"][0]["severity"] = "terrible".into();
    assert!(!schema().is_valid(&output));
    let mut output = json(&["sample", "--only", "root-access-key"]);
    output["findings"][0].as_object_mut().unwrap().remove("remediation");
    assert!(!schema().is_valid(&output));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for format in ["text", "json", "csv"] {
        let print = || stdout(audit(&["sample", "--format", format]));
        assert_eq!(print(), print(), "{format}");
    }
}

#[test]
fn exit_codes_tell_what_was_found() {
    audit(&["sample"]).assert().code(1);
    audit(&["sample", "--fail-on", "never"]).assert().code(0);
    audit(&["sample", "--only", "two-active-keys"]).assert().code(0);
    audit(&["sample", "--only", "two-active-keys", "--fail-on", "low"]).assert().code(1);
    let sparse = account_without("exit", &["credential-report.csv"]);
    let sparse = sparse.to_str().unwrap();
    audit(&[sparse]).assert().code(3);
    audit(&[sparse, "--fail-on", "never"]).assert().code(3);
    audit(&[sparse, "--only", "weak-password-policy"]).assert().code(0);
}

#[test]
fn wrong_input_is_exit_code_2_with_advice() {
    let refuses = |args: &[&str], message: &str| {
        let assert = audit(args).assert().code(2).stdout_eq("");
        let said = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
        assert!(said.contains(message), "{said}");
    };
    refuses(&["nowhere"], "error: cannot read `nowhere`");
    refuses(&["sample", "--only", "mfa"], "error: unknown check `mfa`\nhint: ");
    refuses(&["sample", "--account", "1"], "error: `1` is no account id\nhint: ");
    refuses(&["sample", "--account", "999999999999"], "error: account `999999999999` is not in the snapshot");
    refuses(&["sample", "--now", "today"], "error: `today` is no time\nhint: ");
    refuses(&["sample", "--since", "Cargo.toml"], "error: cannot compare with `Cargo.toml`");
    let config = scratch("config").join("portcullis.toml");
    std::fs::write(&config, "[[exemption]]\nprincipal = \"*\"\n").unwrap();
    let config = config.to_str().unwrap();
    refuses(&["sample", "--config", config], "portcullis.toml:2:13: `*` has a wildcard (");
}

#[test]
fn two_audits_are_compared() {
    let folder = scratch("since");
    let earlier = folder.join("earlier.json");
    std::fs::write(&earlier, stdout(audit(&["sample", "--format", "json"]))).unwrap();
    let earlier = earlier.to_str().unwrap();
    let account = account_without("since-now", &["password-policy.json"]);
    let report = account.join("credential-report.csv");
    let text = std::fs::read_to_string(&report).unwrap();
    std::fs::write(
        &report,
        text.lines().filter(|line| !line.starts_with("ivan,")).collect::<Vec<_>>().join("\n"),
    )
    .unwrap();
    let whole = json(&["sample", "--since", earlier]);
    assert_eq!(whole["changes"]["new"], Value::Array(Vec::new()));
    assert_eq!(whole["changes"]["fixed"], Value::Array(Vec::new()));
    let now = json(&[account.to_str().unwrap(), "--since", earlier, "--only", "console-without-mfa"]);
    // One user's row is gone: whether it has a password is unknown now, and nothing is fixed by that.
    assert_eq!(now["changes"]["fixed"], Value::Array(Vec::new()));
    assert_eq!(
        now["changes"]["out_of_sight"],
        serde_json::json!(["console-without-mfa@arn:aws:iam::222222222222:user/ivan"])
    );
}

#[test]
fn a_bundle_is_written_once() {
    let folder = scratch("bundle").join("evidence");
    let path = folder.to_str().unwrap();
    audit(&["sample", "--bundle", path]).assert().code(1);
    let inputs: Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("inputs.json")).unwrap()).unwrap();
    let paths: Vec<_> =
        inputs["inputs"].as_array().unwrap().iter().map(|input| input["path"].as_str().unwrap()).collect();
    assert!(
        paths.contains(&"222222222222/credential-report.csv") && paths.contains(&"sample/portcullis.toml")
    );
    assert!(!std::fs::read_to_string(folder.join("report.txt")).unwrap().contains('\u{1b}'));
    audit(&["sample", "--bundle", path]).assert().code(2);
}

#[test]
fn the_checks_are_listed_without_a_snapshot() {
    let list = stdout(audit(&["--list-checks"]));
    assert!(list.contains("mfa-not-enforced           high      MFA is not enforced\n"), "{list}");
}
