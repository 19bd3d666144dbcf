//! The replay of a large trail, beside what nobody can do without: to unpack it, and to look at its bytes once.

use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::{fs, io};

use libdeflater::Decompressor;
use portcullis_finding::replay::{Asked, Replay};
use portcullis_iam::{PolicyKind, parse};
use portcullis_snapshot::{Proposal, Target as Place};
use portcullis_trail::census::{Census, Scratch};
use portcullis_trail::replay::{Given, Supposed, Wanted, replay};
use portcullis_trail::{Lens, Reader, Worker, skip};
use testkit::large::Size;
use testkit::trail::{self, Damaged, Plan, Truth};

use crate::failure::{Failure, Outcome};
use crate::files;

use super::figure::{Figure, Target, Unit};
use super::{binary, timing};

/// A gigabyte in files of a few hundred records, without damage: every program must come to the same.
const PLAN: Plan = Plan {
    size: Size { accounts: 8, users: 2000, policy_sets: 200, seed: 1 },
    days: 2,
    bytes: 1_000_000_000,
    damaged: Damaged::Nothing,
};

/// How often each thing is done; the median counts.
const RUNS: usize = 3;

/// What slow programs read of the trail, in bytes as it is packed.
const PART: u64 = 8_000_000;

pub(super) fn run() -> Outcome<Vec<Figure>> {
    let binary = binary::build()?;
    let folder = files::root().join("target/bench/trail-1000");
    let truth = trail(&folder)?;
    let logs = Logs::new(&folder)?;
    let megabytes = truth.files.bytes as f64 / 1e6;
    let rate = |milliseconds: f64| megabytes / milliseconds * 1e3;
    let unpacked = rate(timing::median_of(RUNS, || gunzip(&logs.paths)));
    let limit = rate(timing::median_of(RUNS, || scan(&logs.paths)));
    let proposals = [guardrail(&folder)?];
    let alone = rate(timing::median_of(RUNS, || replayed(&logs.paths, &proposals)));
    let replay = replayed(&logs.paths, &proposals).map_err(Failure::file(&folder))?;
    confirm(&replay, &truth)?;
    let mut command = Command::new(&binary);
    command.arg("replay").arg(folder.join("AWSLogs")).arg("--guardrail").arg(folder.join("guardrail.json"));
    let mut runs = Vec::new();
    for _ in 0..RUNS {
        runs.push(binary::observe(&mut command, folder.with_extension("txt"))?);
    }
    runs.sort_by(|one, other| one.milliseconds.total_cmp(&other.milliseconds));
    let Some(program) = runs.get(RUNS / 2) else { return Ok(Vec::new()) };
    let gzip = rate(timing::once_milliseconds(|| shell("xargs -0 gzip -dc", &logs.paths)).0);
    let (part, size) = logs.part();
    let jq = size / timing::once_milliseconds(|| shell(JQ, part)).0 * 1e3;
    let both =
        Figure::new("the program, on every core", rate(program.milliseconds), Unit::MegabytesPerSecond);
    let what = format!("replay {megabytes:.0} MB in {} files, on one core", logs.paths.len());
    let on_one_core = || Figure::new(what.clone(), alone, Unit::MegabytesPerSecond);
    let mut figures = vec![
        Figure::new("only to unpack, with libdeflate", unpacked, Unit::MegabytesPerSecond),
        on_one_core().against("to unpack and scan", limit).target(Target::TimesBetter(0.75)),
        on_one_core().against("gzip -dc", gzip).target(Target::TimesBetter(1.0)),
        on_one_core().against("jq, twelve fields", jq).target(Target::TimesBetter(25.0)),
        both.against("one core", alone).target(Target::TimesBetter(1.5)),
    ];
    if let Some(peak) = program.peak_megabytes {
        figures.push(Figure::new("its memory at most", peak, Unit::Megabytes).target(Target::AtMost(200.0)));
    }
    Ok(figures)
}

const JQ: &str = "xargs -0 gzip -dc | jq -r '.Records[] | [.eventID, .eventTime, .eventSource, .eventName, .awsRegion, .sourceIPAddress, .userAgent, .errorCode, .userIdentity.type, .userIdentity.arn, .userIdentity.invokedBy, .userIdentity.sessionContext.attributes.mfaAuthenticated] | @tsv'";

/// The trail on disk: one that is there already is left alone.
fn trail(folder: &Path) -> Outcome<Truth> {
    let there = files::read_bytes(&folder.join("truth.json")).ok();
    if let Some(truth) = there.and_then(|bytes| serde_json::from_slice::<Truth>(&bytes).ok()) {
        return Ok(truth);
    }
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(Failure::file(folder))?;
    }
    fs::create_dir_all(folder).map_err(Failure::file(folder))?;
    trail::write(folder, &PLAN).map_err(Failure::file(folder))
}

/// The objects of the trail.
struct Logs {
    paths: Vec<PathBuf>,
}

impl Logs {
    fn new(folder: &Path) -> Outcome<Self> {
        let (mut paths, mut folders) = (Vec::new(), vec![folder.join("AWSLogs")]);
        while let Some(folder) = folders.pop() {
            for entry in files::entries(&folder)? {
                match entry.is_dir() {
                    true => folders.push(entry),
                    false if skip(&entry.to_string_lossy()).is_none() => paths.push(entry),
                    false => {}
                }
            }
        }
        paths.sort();
        Ok(Self { paths })
    }

    /// Some of the objects, and how many megabytes they unpack to.
    fn part(&self) -> (&[PathBuf], f64) {
        let mut packed = 0;
        let fits = |path: &&PathBuf| {
            packed += path.metadata().map_or(0, |metadata| metadata.len());
            packed <= PART
        };
        let count = self.paths.iter().take_while(fits).count();
        let part = self.paths.get(..count).unwrap_or_default();
        let mut reader = Reader::new();
        let bytes: u64 = part
            .iter()
            .filter_map(|path| fs::File::open(path).ok())
            .map(|mut file| reader.read(&mut file, &mut |_| {}).bytes)
            .sum();
        (part, bytes as f64 / 1e6)
    }
}

/// Unpacks every object into one buffer.
fn gunzip(paths: &[PathBuf]) -> io::Result<usize> {
    let (mut decompressor, mut text, mut bytes) = (Decompressor::new(), Vec::new(), 0);
    for path in paths {
        let packed = fs::read(path)?;
        let size = packed.last_chunk().map_or(0, |size| u32::from_le_bytes(*size) as usize);
        if text.len() < size {
            text.resize(size, 0);
        }
        bytes += decompressor.gzip_decompress(&packed, &mut text).map_err(io::Error::other)?;
    }
    Ok(bytes)
}

/// Unpacks every object, and reads its records.
fn scan(paths: &[PathBuf]) -> io::Result<u64> {
    let mut reader = Reader::new();
    let mut records = 0;
    for path in paths {
        records += reader.read(&mut fs::File::open(path)?, &mut |_| {}).records;
    }
    Ok(records)
}

/// Everything, on one core.
fn replayed(paths: &[PathBuf], proposals: &[Proposal]) -> io::Result<Replay> {
    let memory = || Ok(Box::new(Cursor::new(Vec::new())) as Box<dyn Scratch>);
    let (census, lens) = (Census::new(Box::new(memory)), Lens::new(proposals));
    let mut worker = Worker::new(&census, &lens);
    for path in paths {
        worker.object(&path.to_string_lossy(), &mut fs::File::open(path)?)?;
    }
    let read = worker.finish()?.totals();
    let given = Given { tool: portcullis_finding::Tool::default(), asked: Asked::default(), read };
    replay(census.finish(), Supposed { snapshot: None, proposals }, &Wanted::default(), given)
}

fn guardrail(folder: &Path) -> Outcome<Proposal> {
    let path = folder.join("guardrail.json");
    let text = files::read(&path)?;
    let policy = parse::policy(&text, PolicyKind::Identity).policy;
    let policy = policy.ok_or_else(|| Failure::shape(&path, "it is no policy"))?;
    Ok(Proposal { id: "guardrail.json".into(), policy: Arc::new(policy), target: Place::AllUsers })
}

/// Runs a line of the shell with the names of the objects as its input, and throws away what it prints.
fn shell(line: &str, paths: &[PathBuf]) -> io::Result<()> {
    let names: Vec<u8> =
        paths.iter().flat_map(|path| [path.to_string_lossy().as_bytes(), b"\0"].concat()).collect();
    let mut child =
        Command::new("sh").args(["-c", line]).stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    if let Some(mut input) = child.stdin.take() {
        io::Write::write_all(&mut input, &names)?;
    }
    match child.wait()?.success() {
        true => Ok(()),
        false => Err(io::Error::other(format!("`{line}` failed"))),
    }
}

/// A fast replay is worth nothing when it does not find what was planted, or finds more.
fn confirm(replay: &Replay, truth: &Truth) -> Outcome {
    let planted: u64 =
        truth.users.values().flat_map(|user| user.denied.values()).map(|denied| denied.events).sum();
    let found = replay.totals.fates.denied;
    let again = replay.totals.again;
    if (found, again) == (planted, truth.records.delivered_again) {
        return Ok(());
    }
    let expected = truth.records.delivered_again;
    Err(Failure::Unmet(format!(
        "{planted} denials planted, {found} found; {expected} events again, {again} found"
    )))
}
