//! The release binary, and running it under observation.

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::{Failure, Outcome};
use crate::{files, program};

/// What a run took.
pub(super) struct Run {
    /// From start to end.
    pub(super) milliseconds: f64,
    /// The most memory that it held at once, in megabytes, where the system tells.
    pub(super) peak_megabytes: Option<f64>,
    /// What it printed.
    pub(super) output: PathBuf,
}

/// Builds the release binary.
pub(super) fn build() -> Outcome<PathBuf> {
    let cargo = ["build", "--quiet", "--release", "--package", "portcullis"];
    program::run(Command::new(env!("CARGO")).args(cargo).current_dir(files::root()))?;
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| files::root().join("target"), PathBuf::from);
    Ok(target.join("release").join(format!("portcullis{}", std::env::consts::EXE_SUFFIX)))
}

/// Runs a program with its output in a file; any exit code will do, for findings are no failure here.
pub(super) fn observe(command: &mut Command, output: PathBuf) -> Outcome<Run> {
    let file = fs::File::create(&output).map_err(Failure::file(&output))?;
    let start = Instant::now();
    let child = command.stdin(Stdio::null()).stdout(file).stderr(Stdio::null()).spawn();
    let peak_megabytes = wait(&mut child.map_err(Failure::file(&output))?).map_err(Failure::file(&output))?;
    Ok(Run { milliseconds: start.elapsed().as_secs_f64() * 1e3, peak_megabytes, output })
}

/// Waits for the end, and asks the kernel now and then for the high-water mark: it never falls, so that only what
/// comes in the last millisecond is missed.
fn wait(child: &mut Child) -> std::io::Result<Option<f64>> {
    let mut peak = None;
    while child.try_wait()?.is_none() {
        peak = high_water_mark(child.id()).or(peak);
        thread::sleep(Duration::from_millis(1));
    }
    Ok(peak)
}

fn high_water_mark(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024.0 / 1e6)
}
