//! `portcullis simulate`: decides requests from given policies, as AWS would.

mod args;
mod batch;
mod flags;
mod source;

use std::io::{self, Write};

use portcullis_authz::Access;
use portcullis_authz::simulation::{Fault, Shelf, Simulation, SimulationRequest, SimulationResponse};

pub(crate) use args::Args;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::terminal::Terminal;

/// Runs the command.
pub(super) fn run(args: &Args, terminal: &mut Terminal) -> Result<Exit, Failure> {
    if let Some(source) = &args.batch {
        return batch::run(source, terminal);
    }
    let request = match &args.cli_input_json {
        Some(source) => parse(source)?,
        None => flags::request(&args.flags)?,
    };
    let simulation = Simulation::new(&request, &mut Shelf::default())?;
    let response = simulation.respond();
    json(&response, terminal)?;
    Ok(exit_of(&response))
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
    let mut text = serde_json::to_string_pretty(response).map_err(io::Error::from)?;
    text.push('\n');
    terminal.data().write_all(text.as_bytes())?;
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
