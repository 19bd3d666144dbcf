//! What the flags of `audit` name: read, and checked before any work is done.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use portcullis_checks::audit::CHECKS;
use portcullis_finding::{EarlierAudit, Selection, Tool};
use portcullis_guardrail::{Intent, intent};
use portcullis_iam::{AccountId, Timestamp, catalog};
use portcullis_report::earlier;
use portcullis_snapshot::Snapshot;

use super::Args;
use crate::failure::Failure;

/// What is intended, and the file that says so.
pub(super) struct Intended {
    pub(super) intent: Intent,
    /// The file's path and text; none when nobody intends anything.
    pub(super) file: Option<(PathBuf, String)>,
}

/// The program, as a report names it.
pub(in crate::command) fn tool() -> Tool {
    Tool { version: env!("CARGO_PKG_VERSION").into(), catalog: catalog::DATA_DATE.into() }
}

/// The checks and accounts that were asked for.
pub(super) fn selection(args: &Args) -> Result<Selection, Failure> {
    for id in args.only.iter().chain(&args.skip) {
        if !CHECKS.iter().any(|check| check.rule.id == id) {
            let failure = Failure::usage(format!("unknown check `{id}`"));
            return Err(failure.with_hint("`portcullis audit --list-checks` lists them"));
        }
    }
    let account = |text: &String| {
        AccountId::parse(text).ok_or_else(|| {
            Failure::usage(format!("`{text}` is no account id")).with_hint("an account id is twelve digits")
        })
    };
    let mut accounts = args.account.iter().map(account).collect::<Result<Vec<_>, _>>()?;
    accounts.sort();
    accounts.dedup();
    Ok(Selection { only: args.only.clone(), skip: args.skip.clone(), accounts })
}

/// Refuses accounts that the snapshot does not have: their audit would find nothing.
pub(super) fn check_accounts(selection: &Selection, snapshot: &Snapshot) -> Result<(), Failure> {
    match selection.accounts.iter().find(|account| !snapshot.accounts.contains_key(account)) {
        None => Ok(()),
        Some(account) => {
            let known: Vec<_> = snapshot.accounts.keys().take(5).map(ToString::to_string).collect();
            let failure = Failure::usage(format!("account `{account}` is not in the snapshot"));
            Err(failure.with_hint(format!("it has {}", known.join(", "))))
        }
    }
}

/// The exemptions: of the file that was named, else of `portcullis.toml` here or in the snapshot's folder.
pub(super) fn intent(args: &Args, snapshot: &Path) -> Result<Intended, Failure> {
    let usual = [PathBuf::from(USUAL), snapshot.join(USUAL)];
    let path = match &args.config {
        Some(path) => path.clone(),
        None => match usual.into_iter().find(|path| path.is_file()) {
            Some(path) => path,
            None => return Ok(Intended { intent: Intent::default(), file: None }),
        },
    };
    let text = fs::read_to_string(&path)
        .map_err(|error| Failure::usage(format!("cannot read `{}`: {error}", path.display())))?;
    let known: Vec<_> = CHECKS.iter().map(|check| check.rule.id).collect();
    match intent::parse(&text, &known) {
        Ok(intent) => Ok(Intended { intent, file: Some((path, text)) }),
        Err(problems) => Err(refused(&path, &problems)),
    }
}

fn refused(path: &Path, problems: &[intent::Problem]) -> Failure {
    let place = |problem: &intent::Problem| {
        format!("{}:{}:{}", path.display(), problem.position.line, problem.position.column)
    };
    let lines: Vec<_> = problems
        .iter()
        .map(|problem| format!("{}: {} ({})", place(problem), problem.message, problem.hint))
        .collect();
    Failure::usage(lines.join("\n       "))
}

/// The earlier audit to compare with.
pub(super) fn earlier(path: &Path) -> Result<EarlierAudit, Failure> {
    let cannot = |why: String| {
        Failure::usage(format!("cannot compare with `{}`: {why}", path.display()))
            .with_hint("give the output of `portcullis audit --format json`")
    };
    let bytes = fs::read(path).map_err(|error| cannot(error.to_string()))?;
    earlier::parse(&bytes).map_err(|problem| cannot(problem.to_string()))
}

/// The time to take as now: the flag's, else the clock's.
pub(super) fn now(args: &Args) -> Result<Timestamp, Failure> {
    if let Some(text) = &args.now {
        return Timestamp::parse(text).ok_or_else(|| {
            Failure::usage(format!("`{text}` is no time")).with_hint("write it as 2026-11-24T09:00:00Z")
        });
    }
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs());
    Ok(Timestamp::from_seconds(i64::try_from(seconds).unwrap_or(i64::MAX)))
}

const USUAL: &str = "portcullis.toml";
