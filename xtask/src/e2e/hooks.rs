//! The pre-commit hooks as a repository uses them: pre-commit from PyPI, a repository with a flawed policy, and one
//! that is right.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, Outcome};
use crate::program::{Ended, ended};
use crate::{files, program};

use super::Verdict;

pub(super) fn run() -> Outcome<Verdict> {
    let folder = files::root().join("target/e2e/hooks");
    let Some(pre_commit) = install(&folder)? else {
        return Ok(Verdict::Skipped("python3 or git is not there, or pre-commit cannot be installed".into()));
    };
    let scratch = Scratch { programs: super::built()?, folder, pre_commit };
    let hooks = scratch.hooks()?;
    let repository = scratch.repository(&hooks)?;
    scratch.expect(&repository, "portcullis-lint", &Expected { code: 1, says: "deny-misses-access-keys" })?;
    scratch.expect(
        &repository,
        "portcullis-lint-fix",
        &Expected { code: 1, says: "files were modified by this hook" },
    )?;
    scratch.expect(&repository, "portcullis-lint-fix", &Expected { code: 0, says: "Passed" })?;
    scratch.expect(&repository, "portcullis-lint", &Expected { code: 0, says: "Passed" })?;
    let (fixed, right) =
        (files::read(&repository.join("flawed.json"))?, files::read(&repository.join("right.json"))?);
    if fixed == right {
        Ok(Verdict::Passed)
    } else {
        Err(Failure::Unmet(format!("not fixed as meant:\n{fixed}")))
    }
}

/// pre-commit in an environment of its own; none when it cannot be had.
fn install(folder: &Path) -> Outcome<Option<PathBuf>> {
    let python = folder.join("python");
    let pre_commit = python.join("bin/pre-commit");
    let wanted = files::root().join("corpus/hooks/requirements.txt");
    if !program::works(Command::new("git").arg("--version")) {
        return Ok(None);
    }
    if !program::works(Command::new("python3").args(["-m", "venv"]).arg(&python)) {
        return Ok(None);
    }
    let mut pip = Command::new(python.join("bin/pip"));
    pip.args(["install", "--quiet", "--disable-pip-version-check", "--requirement"]).arg(wanted);
    Ok(program::works(&mut pip).then_some(pre_commit))
}

/// Where the suite works, and with what.
struct Scratch {
    folder: PathBuf,
    /// Where the program is.
    programs: PathBuf,
    pre_commit: PathBuf,
}

/// How a run of a hook must end.
struct Expected {
    code: i32,
    says: &'static str,
}

impl Scratch {
    /// A repository with our definitions of hooks, as they are now.
    fn hooks(&self) -> Outcome<PathBuf> {
        let hooks = self.fresh("definitions")?;
        let definitions = files::read(&files::root().join(".pre-commit-hooks.yaml"))?;
        files::write(&hooks.join(".pre-commit-hooks.yaml"), definitions)?;
        self.commit(&hooks)?;
        Ok(hooks)
    }

    /// A repository that uses them, with policies.
    fn repository(&self, hooks: &Path) -> Outcome<PathBuf> {
        let repository = self.fresh("repository")?;
        for name in ["flawed.json", "right.json"] {
            let policy = files::read(&files::root().join("corpus/hooks").join(name))?;
            files::write(&repository.join(name), policy)?;
        }
        files::write(&repository.join("README.md"), "Policies.\n")?;
        let revision = self.git(hooks, &["rev-parse", "HEAD"])?;
        let config = format!(
            "repos:\n  - repo: {}\n    rev: {}\n    hooks:\n      - id: portcullis-lint\n      - id: portcullis-lint-fix\n        stages: [manual]\n",
            hooks.display(),
            revision.trim(),
        );
        files::write(&repository.join(".pre-commit-config.yaml"), config)?;
        self.commit(&repository)?;
        Ok(repository)
    }

    fn fresh(&self, name: &str) -> Outcome<PathBuf> {
        let folder = self.folder.join(name);
        files::remove_folder(&folder)?;
        files::make_folder(&folder)?;
        Ok(folder)
    }

    fn commit(&self, repository: &Path) -> Outcome {
        self.git(repository, &["init", "--quiet", "--initial-branch", "main"])?;
        self.git(repository, &["add", "--all"])?;
        self.git(repository, &["commit", "--quiet", "--no-verify", "--message", "policies"]).map(drop)
    }

    fn git(&self, repository: &Path, arguments: &[&str]) -> Outcome<String> {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=alice", "-c", "user.email=alice@example.com", "-C"]).arg(repository);
        let Ended { code, text } = ended(git.args(arguments).env("GIT_CONFIG_GLOBAL", "/dev/null"))?;
        if code == 0 { Ok(text) } else { Err(Failure::Unmet(format!("git {}: {text}", arguments.join(" ")))) }
    }

    /// Runs a hook over all files.
    fn expect(&self, repository: &Path, hook: &str, expected: &Expected) -> Outcome {
        let path = std::env::var("PATH").unwrap_or_default();
        let mut run = Command::new(&self.pre_commit);
        run.args(["run", hook, "--all-files", "--color", "never", "--hook-stage", "manual"]);
        run.current_dir(repository).env("PATH", format!("{}:{path}", self.programs.display()));
        run.env("PRE_COMMIT_HOME", self.folder.join("cache")).env("GIT_CONFIG_GLOBAL", "/dev/null");
        let Ended { code, text } = ended(&mut run)?;
        if code == expected.code && text.contains(expected.says) {
            return Ok(());
        }
        let Expected { code: wanted, says } = expected;
        Err(Failure::Unmet(format!("{hook}: exit {code}, not {wanted} with `{says}`:\n{text}")))
    }
}
