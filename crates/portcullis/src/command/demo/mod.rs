//! `portcullis demo`: the journey on a sample organization, without network and without an AWS account.

mod tree;
mod write;

use std::io::Write;
use std::path::PathBuf;

use anstyle::Style;
use portcullis_snapshot::Snapshot;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::sample;
use crate::terminal::Terminal;

/// Show what Portcullis does, on a sample organization that ships in it: no AWS account, no network
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Write the sample's files into this folder instead, to play with
    #[arg(long, value_name = "DIR")]
    write: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  portcullis demo
  portcullis demo --write sample";

const TITLE: Style = Style::new().bold();

/// Runs the command.
pub(super) fn run(args: &Args, terminal: &mut Terminal) -> Result<Exit, Failure> {
    if let Some(folder) = &args.write {
        return write::run(folder, terminal);
    }
    let snapshot = sample::snapshot().map_err(|error| Failure::usage(error.to_string()))?;
    let out = terminal.data();
    organization(&snapshot, out)?;
    Ok(Exit::Clean)
}

fn organization(snapshot: &Snapshot, out: &mut impl Write) -> Result<(), Failure> {
    writeln!(out, "{TITLE}The sample organization{TITLE:#}, read from the files that the AWS CLI writes")?;
    Ok(writeln!(out, "{}", tree::tree(snapshot))?)
}
