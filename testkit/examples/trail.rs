//! Writes a trail: `cargo run --release -p testkit --example trail -- --out DIR --megabytes 1000 --accounts 50 --users 2000`.
//!
//! With `--dumps` it writes the organization's dumps into `DIR/organization` as well.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::str::FromStr;
use std::time::Instant;
use std::{fs, io};

use testkit::large::{self, Size};
use testkit::trail::{self, Damaged, Plan, Truth};

const USAGE: &str = "usage: trail --out DIR [--megabytes N] [--accounts N] [--users N] [--days N] [--seed N] [--clean] [--dumps]";

fn main() -> ExitCode {
    let Some((out, plan)) = arguments() else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let start = Instant::now();
    match run(&out, &plan) {
        Ok(truth) => {
            print(&truth, start.elapsed().as_secs_f64());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(out: &Path, plan: &Plan) -> io::Result<Truth> {
    fs::create_dir_all(out)?;
    if has("--dumps") {
        large::write(&out.join("organization"), plan.size)?;
    }
    trail::write(out, plan)
}

fn arguments() -> Option<(PathBuf, Plan)> {
    let users = number("--users", 2000)?;
    let size = Size {
        accounts: number("--accounts", 50)?,
        users,
        policy_sets: users.div_ceil(2),
        seed: number("--seed", 1)?,
    };
    let megabytes: u64 = number("--megabytes", 100)?;
    let damaged = if has("--clean") { Damaged::Nothing } else { Damaged::Some };
    let plan = Plan { size, days: number("--days", 14)?, bytes: megabytes * 1_000_000, damaged };
    Some((value("--out")?.into(), plan))
}

fn value(name: &str) -> Option<String> {
    std::env::args().skip_while(|argument| argument != name).nth(1)
}

fn number<N: FromStr>(name: &str, usual: N) -> Option<N> {
    if has(name) { value(name)?.parse().ok() } else { Some(usual) }
}

fn has(name: &str) -> bool {
    std::env::args().any(|argument| argument == name)
}

fn print(truth: &Truth, seconds: f64) {
    let (records, files) = (&truth.records, &truth.files);
    println!("from {} to {}, in {seconds:.1} s", truth.from, truth.until);
    println!(
        "files: {} whole, {:?} damaged, {:?} beside; {} bytes, {} packed",
        files.whole, files.damaged, files.skipped, files.bytes, files.packed
    );
    println!(
        "records: {} events and {} second deliveries; {:?} that are none, {} lost; {} events failed, {} of them denied",
        records.distinct,
        records.delivered_again,
        records.skipped,
        records.lost,
        records.failed,
        records.denied
    );
    println!("identities: {:?}", records.identities);
    println!("versions: {:?}", records.versions);
    let denied = truth.users.values().filter(|user| !user.denied.is_empty()).count();
    println!("users: {} made calls, {denied} would have been denied some", truth.users.len());
}
