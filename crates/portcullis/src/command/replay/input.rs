//! What the flags of `replay` name: read, and checked before any work is done.

use std::fs;
use std::path::{Path, PathBuf};

use portcullis_finding::replay::Asked;
use portcullis_iam::Timestamp;
use portcullis_snapshot::{Proposal, Snapshot, Target};
use portcullis_trail::replay::{EVERYWHERE, Wanted};

use super::Args;
use crate::failure::Failure;
use crate::{given, guardrail};

/// Which events are asked about.
pub(super) fn wanted(args: &Args) -> Result<Wanted, Failure> {
    let time = |text: &String| {
        Timestamp::parse(text).ok_or_else(|| {
            Failure::usage(format!("`{text}` is no time"))
                .with_hint("write it as 2026-09-01 or 2026-09-01T09:00:00Z")
        })
    };
    for text in &args.principal {
        given::principal(text)?;
    }
    Ok(Wanted {
        principals: args.principal.iter().map(|text| text.as_str().into()).collect(),
        accounts: given::accounts(&args.account)?,
        since: args.since.as_ref().map(time).transpose()?,
        until: args.until.as_ref().map(time).transpose()?,
    })
}

/// The policies that are not in force, each where it would be attached.
pub(super) fn proposals(args: &Args, snapshot: Option<&Snapshot>) -> Result<Vec<Proposal>, Failure> {
    let attach = match args.attach.as_slice() {
        [one] => vec![one; args.guardrail.len()],
        many if many.len() == args.guardrail.len() => many.iter().collect(),
        many => {
            let (policies, places) = (args.guardrail.len(), many.len());
            return Err(Failure::usage(format!(
                "`--guardrail` is given {policies} times, and `--attach` {places} times"
            ))
            .with_hint("give one place for all policies, or one for each, in their order"));
        }
    };
    let mut proposals = Vec::new();
    for (path, attach) in args.guardrail.iter().zip(attach) {
        for file in files(path)? {
            let proposal = guardrail::read(&file, attach)?;
            check(&proposal, attach, snapshot)?;
            proposals.push(proposal);
        }
    }
    Ok(proposals)
}

/// The file, or the JSON files of the folder, in order.
fn files(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let failed = |error| Failure::usage(format!("cannot read `{}`: {error}", path.display()));
    let entries = fs::read_dir(path).map_err(failed)?.collect::<Result<Vec<_>, _>>().map_err(failed)?;
    let is_json = |file: &PathBuf| file.extension().is_some_and(|end| end == "json");
    let mut files: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).filter(is_json).collect();
    files.sort();
    match files.is_empty() {
        true => Err(Failure::usage(format!("`{}` holds no JSON file", path.display()))
            .with_hint("give a policy document")),
        false => Ok(files),
    }
}

/// Refuses a place that cannot be looked up: nothing would change.
fn check(proposal: &Proposal, attach: &str, snapshot: Option<&Snapshot>) -> Result<(), Failure> {
    if let Some(snapshot) = snapshot {
        return guardrail::check(proposal, snapshot);
    }
    match &proposal.target {
        Target::ServiceControl(node) if **node != *EVERYWHERE && node.contains('-') => Err(Failure::usage(
            format!("without a snapshot nobody knows which accounts are below `{attach}`"),
        )
        .with_hint("give --snapshot, or --attach scp:* for all accounts of the logs")),
        Target::ServiceControl(_)
        | Target::AllUsers
        | Target::UsersOf(_)
        | Target::User(_)
        | Target::Boundary(_) => Ok(()),
    }
}

/// What was asked, for the report.
pub(super) fn asked(args: &Args, wanted: &Wanted, proposals: &[Proposal]) -> Asked {
    let named = |path: &PathBuf| path.display().to_string().into();
    Asked {
        logs: args.logs.iter().map(named).collect(),
        snapshot: args.snapshot.as_ref().map(named),
        guardrail: proposals.iter().map(guardrail::supposed).collect(),
        principals: wanted.principals.clone(),
        accounts: wanted.accounts.clone(),
        since: wanted.since,
        until: wanted.until,
    }
}
