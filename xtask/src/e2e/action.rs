//! The steps of the GitHub Action that are scripts, run as a runner runs them: all but the build, the cache and the
//! upload.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, Outcome};
use crate::program::{Ended, ended};
use crate::{files, program};

use super::Verdict;

pub(super) fn run() -> Outcome<Verdict> {
    if !program::works(Command::new("bash").args(["-c", "command -v git"])) {
        return Ok(Verdict::Skipped("bash or git is not there".into()));
    }
    let folder = files::root().join("target/e2e/action");
    files::remove_folder(&folder)?;
    let program = folder.join("portcullis/bin/portcullis");
    files::write(&program, files::read_bytes(&super::built()?.join("portcullis"))?)?;
    program::run(Command::new("chmod").arg("+x").arg(&program))?;
    let action = Action { text: files::read(&files::root().join("action.yml"))?, folder };

    let version = action.step("Find the version", &[])?;
    demand(
        version.outputs.starts_with("digest=") && version.outputs.trim().len() == "digest=".len() + 40,
        &version,
    )?;
    for (paths, flags, code) in CASES {
        let linted = action.step("Lint", &[("PATHS", paths), flags])?;
        demand(linted.code == 0 && linted.outputs.contains(&format!("exit-code={code}\n")), &linted)?;
        if code != "2" {
            action.holds_sarif(code == "1")?;
        }
        let end = action.step("End", &[("CODE", code)])?;
        demand(end.code.to_string() == code, &end)?;
    }
    Ok(Verdict::Passed)
}

/// The input `paths`, another input, and the exit code that is expected.
const CASES: [(&str, (&str, &str), &str); 6] = [
    ("corpus/hooks/flawed.json", ("KIND", ""), "1"),
    ("corpus/hooks/right.json", ("KIND", ""), "0"),
    ("corpus/hooks/right.json corpus/hooks/flawed.json", ("FAIL_ON", "critical"), "0"),
    ("corpus/hooks/right.json", ("KIND", "scp"), "1"),
    ("corpus/hooks/flawed.json", ("SKIP", "deny-misses-access-keys"), "0"),
    ("corpus/hooks/flawed.json", ("ONLY", "no-such-rule"), "2"),
];

struct Action {
    text: String,
    /// The folder that a runner calls its temporary one.
    folder: PathBuf,
}

/// How a step ended.
struct Step {
    code: i32,
    /// What it said.
    text: String,
    /// What it put out for later steps.
    outputs: String,
}

impl Action {
    /// Runs the script of a step with its inputs, those that are not given being the defaults.
    fn step(&self, name: &str, inputs: &[(&str, &str)]) -> Outcome<Step> {
        let script = self.script(name)?;
        let outputs = self.folder.join("outputs");
        files::write(&outputs, "")?;
        let mut bash = Command::new("bash");
        bash.args(["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", &script])
            .current_dir(files::root());
        bash.env("GITHUB_ACTION_PATH", files::root())
            .env("RUNNER_TEMP", &self.folder)
            .env("GITHUB_OUTPUT", &outputs);
        for (input, default) in
            [("PATHS", "."), ("FAIL_ON", "high"), ("KIND", ""), ("ONLY", ""), ("SKIP", "")]
        {
            bash.env(input, default);
        }
        let Ended { code, text } = ended(bash.envs(inputs.iter().copied()))?;
        Ok(Step { code, text, outputs: files::read(&outputs)? })
    }

    /// The script of a step.
    fn script(&self, name: &str) -> Outcome<String> {
        let step = self.text.split("\n    - name: ").find(|step| step.lines().next() == Some(name));
        let run = step.and_then(|step| step.split_once("      run: "));
        let (_, run) =
            run.ok_or_else(|| Failure::shape(Path::new("action.yml"), format!("no step `{name}`")))?;
        let lines = run.strip_prefix("|\n").unwrap_or(run).lines();
        Ok(lines.map(|line| line.trim_start_matches("        ")).collect::<Vec<_>>().join("\n"))
    }

    fn holds_sarif(&self, has_results: bool) -> Outcome {
        let path = self.folder.join("portcullis-lint.sarif");
        let log: serde_json::Value = serde_json::from_str(&files::read(&path)?)
            .map_err(|error| Failure::shape(&path, error.to_string()))?;
        let results = log.pointer("/runs/0/results").and_then(serde_json::Value::as_array);
        let errors = results
            .into_iter()
            .flatten()
            .filter(|one| one.get("level").is_some_and(|level| level == "error"));
        match (errors.count(), has_results) {
            (0, true) => Err(Failure::shape(&path, "holds no error")),
            _ => Ok(()),
        }
    }
}

fn demand(holds: bool, step: &Step) -> Outcome {
    let Step { code, text, outputs } = step;
    if holds {
        Ok(())
    } else {
        Err(Failure::Unmet(format!("a step ended with {code}, put out `{outputs}`:\n{text}")))
    }
}
