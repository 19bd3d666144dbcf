//! The subcommands: one file each. A new one adds its module, its variant and its arm here.

mod completions;
mod simulate;

use clap::Subcommand;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::terminal::Terminal;

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Simulate(Box<simulate::Args>),
    Completions(completions::Args),
}

/// Runs the command.
pub(crate) fn run(command: &Command, terminal: &mut Terminal) -> Result<Exit, Failure> {
    match command {
        Command::Simulate(args) => simulate::run(args, terminal),
        Command::Completions(args) => completions::run(args, terminal),
    }
}
