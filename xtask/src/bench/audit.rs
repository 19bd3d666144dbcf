//! The audit of a large organization, beside the least that anybody must do: read its files and look at their JSON.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde::Deserialize;
use serde::de::IgnoredAny;
use testkit::large::{self, Planted, Size, Written};

use crate::failure::{Failure, Outcome};
use crate::files;

use super::figure::{Figure, Target, Unit};
use super::{binary, timing};

const SIZE: Size = Size { accounts: 200, users: 100_000, policy_sets: 5000, seed: 1 };

/// How often the audit runs; the median counts.
const RUNS: usize = 3;

pub(super) fn run() -> Outcome<Vec<Figure>> {
    let binary = binary::build()?;
    let folder = files::root().join("target/bench/organization");
    let written = organization(&folder)?;
    let paths = below(&folder)?;
    let (floor, bytes) = timing::once_milliseconds(|| floor(&paths));
    let mut runs = Vec::new();
    for _ in 0..RUNS {
        let mut command = Command::new(&binary);
        command.arg("audit").arg(&folder).args(["--format", "json"]);
        runs.push(binary::observe(&mut command, folder.with_extension("json"))?);
    }
    runs.sort_by(|one, other| one.milliseconds.total_cmp(&other.milliseconds));
    let Some(run) = runs.get(RUNS / 2) else { return Ok(Vec::new()) };
    confirm(&run.output, &written.planted)?;
    let what = format!("audit {} users, {} MB in {} files", SIZE.users, bytes? / 1_000_000, paths.len());
    let mut figures = vec![
        Figure::new(what, run.milliseconds, Unit::Milliseconds)
            .target(Target::AtMost(5000.0))
            .against("only reading the JSON", floor),
    ];
    if let Some(peak) = run.peak_megabytes {
        figures.push(Figure::new("its memory at most", peak, Unit::Megabytes).target(Target::AtMost(1000.0)));
    }
    Ok(figures)
}

/// The organization on disk: files that are there already are left alone.
fn organization(folder: &Path) -> Outcome<Written> {
    fs::create_dir_all(folder).map_err(Failure::file(folder))?;
    let written = large::write(folder, SIZE).map_err(Failure::file(folder))?;
    if below(folder)?.len() == written.files {
        return Ok(written);
    }
    // Files of an earlier generator are in the way.
    fs::remove_dir_all(folder).map_err(Failure::file(folder))?;
    fs::create_dir_all(folder).map_err(Failure::file(folder))?;
    large::write(folder, SIZE).map_err(Failure::file(folder))
}

fn below(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in files::entries(&folder)? {
            if entry.is_dir() { folders.push(entry) } else { found.push(entry) }
        }
    }
    Ok(found)
}

/// Reads every file and looks at the JSON, on every core. Gives the number of bytes.
fn floor(paths: &[PathBuf]) -> Outcome<usize> {
    let next = AtomicUsize::new(0);
    let work = || -> Outcome<usize> {
        let mut bytes = 0;
        while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
            let content = files::read_bytes(path)?;
            if path.extension().is_some_and(|extension| extension == "json") {
                serde_json::from_slice::<IgnoredAny>(&content)
                    .map_err(|error| Failure::shape(path, error.to_string()))?;
            }
            bytes += content.len();
        }
        Ok(bytes)
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        let failed = || Failure::Unmet("a worker has given up".into());
        workers.into_iter().map(|worker| worker.join().unwrap_or_else(|_| Err(failed()))).sum()
    })
}

#[derive(Deserialize)]
struct Report {
    findings: Vec<Found>,
}

#[derive(Deserialize)]
struct Found {
    check: String,
    status: String,
}

/// A fast audit is worth nothing when it does not find what was planted, or finds more.
fn confirm(output: &Path, planted: &Planted) -> Outcome {
    let report: Report = serde_json::from_slice(&files::read_bytes(output)?)
        .map_err(|error| Failure::shape(output, error.to_string()))?;
    let mut found = BTreeMap::<&str, usize>::new();
    for finding in report.findings.iter().filter(|finding| finding.status == "fail") {
        *found.entry(&finding.check).or_default() += 1;
    }
    let differing: Vec<String> = planted
        .iter()
        .map(|(check, planted)| (check, planted, found.get(check).copied().unwrap_or_default()))
        .filter(|(_, planted, found)| *planted != found)
        .map(|(check, planted, found)| format!("{check}: {planted} planted, {found} found"))
        .collect();
    if differing.is_empty() { Ok(()) } else { Err(Failure::Unmet(differing.join("; "))) }
}
