//! What flags name that several commands have: read, and checked before any work is done.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use portcullis_checks::audit::CHECKS;
use portcullis_finding::Tool;
use portcullis_guardrail::{Intent, intent};
use portcullis_iam::{AccountId, Arn, Timestamp, catalog};
use portcullis_prove::PROPERTIES;
use portcullis_snapshot::Snapshot;

use crate::failure::Failure;

/// What is intended, and the file that says so.
#[derive(Default)]
pub(crate) struct Intended {
    pub(crate) intent: Intent,
    /// The file's path and text; none when nobody intends anything.
    pub(crate) file: Option<(PathBuf, String)>,
}

/// The program, as a report names it.
pub(crate) fn tool() -> Tool {
    Tool { version: env!("CARGO_PKG_VERSION").into(), catalog: catalog::DATA_DATE.into() }
}

/// What an exemption may accept: the checks of an audit, and properties.
pub(crate) fn acceptable() -> Vec<&'static str> {
    let checks = CHECKS.iter().map(|check| check.rule.id);
    checks.chain(PROPERTIES.iter().map(|property| property.rule.id)).collect()
}

/// The accounts that were asked for, in order.
pub(crate) fn accounts(texts: &[String]) -> Result<Vec<AccountId>, Failure> {
    let account = |text: &String| {
        AccountId::parse(text).ok_or_else(|| {
            Failure::usage(format!("`{text}` is no account id")).with_hint("an account id is twelve digits")
        })
    };
    let mut accounts = texts.iter().map(account).collect::<Result<Vec<_>, _>>()?;
    accounts.sort();
    accounts.dedup();
    Ok(accounts)
}

/// Refuses accounts that the snapshot does not have: there would be nothing to look at.
pub(crate) fn check_accounts(accounts: &[AccountId], snapshot: &Snapshot) -> Result<(), Failure> {
    match accounts.iter().find(|account| !snapshot.accounts.contains_key(account)) {
        None => Ok(()),
        Some(account) => {
            let known: Vec<_> = snapshot.accounts.keys().take(5).map(ToString::to_string).collect();
            let failure = Failure::usage(format!("account `{account}` is not in the snapshot"));
            Err(failure.with_hint(format!("it has {}", known.join(", "))))
        }
    }
}

/// The ARN of a principal.
pub(crate) fn principal(text: &str) -> Result<Arn, Failure> {
    Arn::parse(text).ok_or_else(|| {
        Failure::usage(format!("`{text}` is no ARN"))
            .with_hint("give an ARN such as arn:aws:iam::111111111111:user/alice")
    })
}

/// What is intended: by the file that was named, else by `portcullis.toml` here or in the snapshot's folder.
pub(crate) fn intent(config: Option<&Path>, snapshot: &Path) -> Result<Intended, Failure> {
    let usual = [PathBuf::from(USUAL), snapshot.join(USUAL)];
    let path = match config {
        Some(path) => path.to_owned(),
        None => match usual.into_iter().find(|path| path.is_file()) {
            Some(path) => path,
            None => return Ok(Intended::default()),
        },
    };
    let text = fs::read_to_string(&path)
        .map_err(|error| Failure::usage(format!("cannot read `{}`: {error}", path.display())))?;
    match intent::parse(&text, &acceptable()) {
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

/// The time to take as now: the flag's, else the clock's.
pub(crate) fn now(stated: Option<&str>) -> Result<Timestamp, Failure> {
    if let Some(text) = stated {
        return Timestamp::parse(text).ok_or_else(|| {
            Failure::usage(format!("`{text}` is no time")).with_hint("write it as 2026-11-24T09:00:00Z")
        });
    }
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs());
    Ok(Timestamp::from_seconds(i64::try_from(seconds).unwrap_or(i64::MAX)))
}

const USUAL: &str = "portcullis.toml";
