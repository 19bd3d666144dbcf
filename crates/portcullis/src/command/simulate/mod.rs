//! `portcullis simulate`: decides requests from given policies, as AWS would.

mod args;
mod batch;
mod flags;
mod principal;
mod source;
mod text;

use std::io::{self, Write};

use portcullis_authz::Access;
use portcullis_authz::simulation::{Explain, Fault, Shelf, SimulationRequest, SimulationResponse};
use portcullis_snapshot::Snapshot;

pub(crate) use args::Args;
use args::Format;
use text::{Detail, Files};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::snapshot_files;
use crate::terminal::Terminal;

/// Runs the command.
pub(super) fn run(args: &Args, terminal: &mut Terminal) -> Result<Exit, Failure> {
    if let Some(source) = &args.batch {
        let (snapshot, (explain, _)) = (snapshot(args, terminal)?, depth(args));
        return batch::run(source, &batch::Setting { snapshot: snapshot.as_ref(), explain }, terminal);
    }
    let (asked, usual) = match &args.cli_input_json {
        Some(source) => ((parse(source)?, Files::new()), usual(terminal)),
        None => (flags::request(&args.flags)?, Format::Text),
    };
    let snapshot = match asked.0.policy_source_arn {
        Some(_) => snapshot(args, terminal)?,
        None => None,
    };
    answer(args, asked, (snapshot.as_ref(), usual), terminal)
}

/// Answers the flags in words, for a principal of a snapshot that is at hand.
pub(super) fn ask(args: &Args, snapshot: &Snapshot, terminal: &mut Terminal) -> Result<Exit, Failure> {
    answer(args, flags::request(&args.flags)?, (Some(snapshot), Format::Text), terminal)
}

fn answer(
    args: &Args,
    (request, files): (SimulationRequest, Files),
    (snapshot, usual): (Option<&Snapshot>, Format),
    terminal: &mut Terminal,
) -> Result<Exit, Failure> {
    let (explain, detail) = depth(args);
    let simulation = principal::simulation(&request, snapshot, &mut Shelf::default())?;
    let response = simulation.respond(explain);
    match args.format.unwrap_or(usual) {
        Format::Json => json(&response, terminal)?,
        Format::Text => text::write(&simulation, &files, detail, terminal)?,
    }
    Ok(exit_of(&response))
}

/// How much is told of the statements that do not decide.
fn depth(args: &Args) -> (Explain, Detail) {
    if args.explain { (Explain::Yes, Detail::Full) } else { (Explain::No, Detail::Near) }
}

fn snapshot(args: &Args, terminal: &mut Terminal) -> Result<Option<Snapshot>, Failure> {
    let snapshot = args.snapshot.as_deref().map(snapshot_files::read).transpose()?;
    if snapshot.as_ref().is_some_and(|snapshot| snapshot.organization.is_none()) {
        terminal.note("the snapshot holds no organization: no SCPs and no RCPs take part");
    }
    Ok(snapshot)
}

/// JSON in, JSON out; but a person wants words.
fn usual(terminal: &Terminal) -> Format {
    if terminal.is_interactive() { Format::Text } else { Format::Json }
}

fn parse(source: &str) -> Result<SimulationRequest, Failure> {
    Ok(SimulationRequest::parse(&source::text(source)?)?)
}

impl From<Fault> for Failure {
    /// The code and the words of AWS.
    fn from(fault: Fault) -> Self {
        Failure::usage(format!("{:?}: {}", fault.code, fault.message))
    }
}

fn json(response: &SimulationResponse, terminal: &mut Terminal) -> Result<(), Failure> {
    serde_json::to_writer_pretty(terminal.data(), response).map_err(io::Error::from)?;
    terminal.data().write_all(b"\n")?;
    Ok(())
}

/// The exit code for an answer. A page of results is incomplete.
fn exit_of(response: &SimulationResponse) -> Exit {
    let whole = if response.is_truncated { Exit::Incomplete } else { Exit::Clean };
    response.evaluation_results.iter().fold(whole, |exit, result| {
        exit.and(match result.access {
            Access::Allowed => Exit::Clean,
            Access::Denied => Exit::Found,
            Access::Undetermined => Exit::Incomplete,
        })
    })
}
