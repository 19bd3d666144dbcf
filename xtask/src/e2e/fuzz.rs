//! Every fuzz target of `fuzz/`, with cargo-fuzz on the nightly toolchain: the same inputs in every run of CI, and as many
//! new ones as anybody has time for.

use std::process::Command;

use crate::failure::Outcome;
use crate::{files, program};

use super::Verdict;

/// The most time per target, in seconds.
const SECONDS: u32 = 20;

/// The same of the long suite.
const LONG_SECONDS: u32 = 300;

/// What the inputs of a target grow from. One seed in every run, of which a slow machine only sees less: a new bug is to
/// be found by whoever looks for it, not by whoever builds.
const SEED: u32 = 20_261_124;

/// The most inputs per target; nearly all of them take far less than their time.
const RUNS: u32 = 20_000;

/// No input of a target is as large as this: the limits of the reader are tested elsewhere.
const MAX_LENGTH: u32 = 4096;

pub(super) fn run() -> Outcome<Verdict> {
    fuzz(&[format!("-seed={SEED}"), format!("-runs={RUNS}"), format!("-max_total_time={SECONDS}")])
}

pub(super) fn all() -> Outcome<Verdict> {
    fuzz(&[format!("-max_total_time={LONG_SECONDS}")])
}

fn fuzz(extent: &[String]) -> Outcome<Verdict> {
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
        fuzz.args(["+nightly", "fuzz", "run", name]).args(inputs(name)?).arg("--").args(extent);
        fuzz.args([format!("-max_len={MAX_LENGTH}"), "-dict=fuzz/words.dict".into()]);
        program::run(fuzz.current_dir(files::root()))?;
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
