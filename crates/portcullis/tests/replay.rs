//! `portcullis replay` as a shell sees it: `tests/replay.txt` is what a newcomer reads of a small trail.
#![cfg(test)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::Value;
use snapbox::cmd::{Command, cargo_bin};

const TRAIL: &str = "tests/replay/trail.json";
const GUARDRAIL: &str = "tests/replay/require-mfa.json";

fn replay(args: &[&str]) -> Command {
    Command::new(cargo_bin!("portcullis"))
        .args(["replay", "--guardrail", GUARDRAIL])
        .args(args)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
}

fn stdout(command: Command) -> String {
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

fn json(args: &[&str]) -> Value {
    serde_json::from_str(&stdout(replay(args).args(["--format", "json"]))).unwrap()
}

/// A folder of its own below the target folder, empty.
fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Every record is accounted for.
fn adds_up(output: &Value) {
    let number = |value: &Value| value.as_u64().unwrap();
    let events = &output["events"];
    let fates = ["passes", "denied", "cannot_tell", "refused", "denied_today", "left_out"];
    let decided: u64 = fates.iter().map(|fate| number(&events[fate])).sum();
    let others: u64 = events["not_decided_by_policies"].as_object().unwrap().values().map(number).sum();
    let again = number(&output["read"]["delivered_again"]);
    assert_eq!(number(&output["read"]["records"]), again + decided + others, "{output:#}");
}

#[test]
fn a_newcomer_reads_it() {
    let text = stdout(replay(&[TRAIL]));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/replay.txt");
    if std::env::var_os("PORTCULLIS_UPDATE").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(text == expected, "read it, then: PORTCULLIS_UPDATE=1 writes what is printed\n{text}");
}

#[test]
fn the_json_follows_its_published_schema() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/replay.schema.json");
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    for args in [&[TRAIL][..], &[TRAIL, "--snapshot", "sample", "--since", "2026-10-06"], &[GUARDRAIL]] {
        let output = json(args);
        adds_up(&output);
        let errors: Vec<_> = schema.iter_errors(&output).take(5).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
    let mut output = json(&[TRAIL]);
    output["principals"][0]["deeds"][0]["fate"] = "perhaps".into();
    assert!(!schema.is_valid(&output));
}

#[test]
fn a_spreadsheet_has_a_row_for_each_action() {
    let text = stdout(replay(&[TRAIL, "--format", "csv"]));
    let rows: Vec<&str> = text.lines().collect();
    assert!(rows.first().unwrap().starts_with("principal,kind,has_device"), "{text}");
    assert!(
        text.contains("user/alice,user,,false,denied,ec2:DescribeInstances,,2,2026-10-05T09:00:00Z"),
        "{text}"
    );
    assert_eq!(rows.len(), 1 + 5, "{text}");
}

#[test]
fn what_was_asked_for_is_all_that_counts() {
    let alice = "arn:aws:iam::111111111111:user/alice";
    for (args, denied, left_out) in [
        (&["--principal", alice][..], 3, 31),
        (&["--account", "222222222222"], 0, 37),
        (&["--since", "2026-10-06", "--until", "2026-10-07"], 5, 32),
    ] {
        let output = json(&[&[TRAIL], args].concat());
        adds_up(&output);
        assert_eq!(
            (output["events"]["denied"].as_u64(), output["events"]["left_out"].as_u64()),
            (Some(denied), Some(left_out)),
            "{args:?}"
        );
    }
}

#[test]
fn the_exit_code_is_a_gate() {
    let alice = ["--principal", "arn:aws:iam::111111111111:user/alice"];
    let run = |args: &[&str]| replay(&[&[TRAIL], args].concat()).assert();
    // Of one event nobody knows whether a service forwarded it.
    run(&[]).code(3);
    run(&alice).code(1);
    run(&[&alice[..], &["--budget", "3"]].concat()).code(0);
    run(&[&alice[..], &["--budget", "2"]].concat()).code(1);
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_replayed() {
    let folder = scratch("replay-faults");
    std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join(TRAIL), folder.join("trail.json")).unwrap();
    std::fs::write(folder.join("broken.json.gz"), b"\x1f\x8b\x08\x00nothing").unwrap();
    std::fs::write(folder.join("notes.md"), "no log").unwrap();
    std::os::unix::fs::symlink("nowhere", folder.join("gone.json")).unwrap();
    let name = folder.to_str().unwrap();
    let output = json(&[name]);
    adds_up(&output);
    assert_eq!(output["events"]["denied"], 27);
    assert_eq!(output["read"]["faults"].as_object().unwrap().len(), 2, "{:#}", output["read"]);
    assert_eq!(output["read"]["skipped"]["files of other kinds"], 1);
    replay(&[name]).assert().code(3);
}

#[test]
fn standard_input_is_read_too() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut child = std::process::Command::new(cargo_bin!("portcullis"))
        .args(["replay", "-", "--format", "json", "--guardrail", GUARDRAIL])
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let text = std::fs::read(folder.join(TRAIL)).unwrap();
    child.stdin.take().unwrap().write_all(&text).unwrap();
    let output: Value = serde_json::from_slice(&child.wait_with_output().unwrap().stdout).unwrap();
    assert_eq!(output["events"]["denied"], 27);
}

#[test]
fn wrong_flags_are_refused_with_what_to_do() {
    for (args, message) in [
        (&["nowhere"][..], "cannot read `nowhere`"),
        (&[TRAIL, "--since", "yesterday"], "`yesterday` is no time"),
        (&[TRAIL, "--attach", "scp:ou-a1b2-workload"], "without a snapshot nobody knows"),
        (
            &[TRAIL, "--attach", "users", "--attach", "scp:*"],
            "`--guardrail` is given 1 times, and `--attach` 2 times",
        ),
        (&[TRAIL, "--guardrail", "src"], "holds no JSON file"),
    ] {
        let output = replay(args).output().unwrap();
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(text.contains(message), "{text}");
    }
}

#[test]
fn control_policies_bind_everybody_where_there_is_no_snapshot() {
    let output = json(&[TRAIL, "--attach", "scp:*"]);
    adds_up(&output);
    // The role's session has no MFA that could be seen: it is denied as users are.
    let principals = output["principals"].as_array().unwrap();
    assert!(
        principals.iter().any(|own| own["kind"] == "role" && own["events"]["denied"] == 1),
        "{principals:#?}"
    );
}
