//! The subcommands: one file each. A new one adds its module, its variant and its arm here.

mod audit;
mod completions;
mod demo;
mod explain;
mod fail_on;
mod lint;
mod prove;
mod replay;
mod simulate;

use clap::Subcommand;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::terminal::Terminal;

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Demo(demo::Args),
    Audit(audit::Args),
    Prove(prove::Args),
    Replay(replay::Args),
    Simulate(Box<simulate::Args>),
    Lint(lint::Args),
    Explain(explain::Args),
    Completions(completions::Args),
}

/// Runs the command.
pub(crate) fn run(command: &Command, terminal: &mut Terminal) -> Result<Exit, Failure> {
    match command {
        Command::Demo(args) => demo::run(args, terminal),
        Command::Audit(args) => audit::run(args, terminal),
        Command::Prove(args) => prove::run(args, terminal),
        Command::Replay(args) => replay::run(args, terminal),
        Command::Simulate(args) => simulate::run(args, terminal),
        Command::Lint(args) => lint::run(args, terminal),
        Command::Explain(args) => explain::run(args, terminal),
        Command::Completions(args) => completions::run(args, terminal),
    }
}
