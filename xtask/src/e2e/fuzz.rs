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
        let mut fuzz = Command::new("cargo");
        fuzz.args(["+nightly", "fuzz", "run", name]).args(inputs(name)?).arg("--");
        fuzz.args([format!("-max_total_time={SECONDS}"), format!("-max_len={MAX_LENGTH}")]);
        program::run(fuzz.arg("-dict=fuzz/words.dict").current_dir(files::root()))?;
    }
    Ok(Verdict::Passed)
}

/// Where the inputs of a target are: those that earlier runs found, which are kept, and those to start from.
fn inputs(name: &str) -> Outcome<Vec<String>> {
    let found = format!("fuzz/corpus/{name}");
    files::make_folder(&files::root().join(&found))?;
    let own = format!("fuzz/seeds/{name}");
    let borrowed =
        BORROWED.iter().filter(|(target, _)| *target == name).map(|(_, folder)| (*folder).to_owned());
    let seeds = [own].into_iter().chain(borrowed).filter(|folder| files::root().join(folder).is_dir());
    Ok([found].into_iter().chain(seeds).collect())
}

/// Targets that start from the cases of other tests.
const BORROWED: [(&str, &str); 2] = [
    ("import", "crates/portcullis-snapshot/tests/cases"),
    ("source_terraform", "crates/portcullis-source/tests/cases"),
];
