//! `portcullis replay`: recorded calls under a guardrail that is not in force.

mod args;
mod input;
mod logs;

use std::io::{self, IsTerminal, Write};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use portcullis_finding::replay::Replay;
use portcullis_report::replay::{Format, write};
use portcullis_report::{Detail, Layout};
use portcullis_trail::Lens;
use portcullis_trail::census::Census;
use portcullis_trail::replay::{Given, Supposed, replay};

pub(crate) use args::Args;
use args::FormatName;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::given;
use crate::snapshot_files;
use crate::terminal::Terminal;
use logs::{Logs, no_room, scratch};

/// Runs the command.
pub(super) fn run(args: &Args, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let wanted = input::wanted(args)?;
    let snapshot = args.snapshot.as_deref().map(snapshot_files::read).transpose()?;
    let proposals = input::proposals(args, snapshot.as_ref())?;
    let logs = Logs::find(&args.logs)?;
    let (census, lens) = (Census::new(Box::new(scratch)), Lens::new(&proposals));
    let progress = progress(logs.bytes());
    let gathered = logs.read(&census, &lens, &progress)?;
    progress.finish_and_clear();
    let given = Given {
        tool: given::tool(),
        asked: input::asked(args, &wanted, &proposals),
        read: gathered.totals(),
    };
    let supposed = Supposed { snapshot: snapshot.as_ref(), proposals: &proposals };
    let replay = replay(census.finish(), supposed, &wanted, given).map_err(|error| no_room(&error))?;
    print(&replay, args, terminal)?;
    Ok(exit_of(&replay, args.budget))
}

fn print(replay: &Replay, args: &Args, terminal: &mut Terminal) -> Result<(), Failure> {
    let detail = if args.all { Detail::All } else { Detail::Brief };
    let layout = Layout { width: terminal.width(), detail };
    let format = match args.format {
        FormatName::Text => return Ok(write(replay, Format::Text, layout, terminal.data())?),
        FormatName::Json => Format::Json,
        FormatName::Csv => Format::Csv,
    };
    let mut out = terminal.program_data()?;
    write(replay, format, layout, &mut out)?;
    out.flush()?;
    Ok(())
}

/// Unknown beats denied: what is unknown may be worse than what is known.
fn exit_of(replay: &Replay, budget: u64) -> Exit {
    let totals = &replay.totals;
    let denied = if budget < totals.fates.denied { Exit::Found } else { Exit::Clean };
    let is_whole = totals.faults.is_empty() && totals.fates.cannot_tell == 0;
    denied.and(if is_whole { Exit::Clean } else { Exit::Incomplete })
}

/// A bar on a terminal, and nothing elsewhere.
fn progress(bytes: u64) -> ProgressBar {
    let is_seen = io::stderr().is_terminal();
    let target = if is_seen { ProgressDrawTarget::stderr_with_hz(8) } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(bytes), target);
    // INVARIANT: the template is well formed; were it not, the usual one is as good.
    match ProgressStyle::with_template("{bar:30} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
