//! Every fuzz target of `fuzz/` for a bounded time, with cargo-fuzz on the nightly toolchain.

use std::process::Command;

use crate::failure::Outcome;
use crate::{files, program};

use super::Verdict;

/// Time per target, in seconds.
const SECONDS: u32 = 20;

/// No input of a target is as large as this: the limits of the reader are tested elsewhere.
const MAX_LENGTH: u32 = 4096;

pub(super) fn run() -> Outcome<Verdict> {
    let targets = files::entries(&files::root().join("fuzz/fuzz_targets"))?;
    if targets.is_empty() {
        return Ok(Verdict::Skipped("there are no fuzz targets".into()));
    }
    if !program::works(Command::new("cargo").args(["+nightly", "fuzz", "--version"])) {
        return Ok(Verdict::Skipped("cargo-fuzz or the nightly toolchain is not installed".into()));
    }
    for target in targets {
        let Some(name) = target.file_stem().and_then(|stem| stem.to_str()) else { continue };
        let limits = [format!("-max_total_time={SECONDS}"), format!("-max_len={MAX_LENGTH}")];
        let mut fuzz = Command::new("cargo");
        fuzz.args(["+nightly", "fuzz", "run", name, "--"]).args(limits).current_dir(files::root());
        program::run(&mut fuzz)?;
    }
    Ok(Verdict::Passed)
}
