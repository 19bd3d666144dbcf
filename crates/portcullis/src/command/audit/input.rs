//! What the flags of `audit` name: read, and checked before any work is done.

use std::fs;
use std::path::Path;

use portcullis_checks::audit::CHECKS;
use portcullis_finding::{EarlierAudit, Selection};
use portcullis_report::earlier;

use super::Args;
use crate::failure::Failure;
use crate::given;

/// The checks and accounts that were asked for.
pub(super) fn selection(args: &Args) -> Result<Selection, Failure> {
    for id in args.only.iter().chain(&args.skip) {
        if !CHECKS.iter().any(|check| check.rule.id == id) {
            let failure = Failure::usage(format!("unknown check `{id}`"));
            return Err(failure.with_hint("`portcullis audit --list-checks` lists them"));
        }
    }
    let accounts = given::accounts(&args.account)?;
    Ok(Selection { only: args.only.clone(), skip: args.skip.clone(), accounts })
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
