//! The command line: what all commands share.

use clap::Parser;

use portcullis_iam::catalog;

use crate::command::Command;
use crate::exit;
use crate::terminal::Color;

/// Makes multi-factor authentication on AWS mandatory, and proves it.
#[derive(Debug, Parser)]
#[command(name = "portcullis", version = version(), max_term_width = 100, after_help = exit::HELP)]
#[command(propagate_version = true, subcommand_required = true, arg_required_else_help = true)]
#[command(disable_help_subcommand = true)]
pub(crate) struct Cli {
    /// When to use colour; `auto` is on a terminal, unless NO_COLOR is set
    #[arg(long, global = true, value_name = "WHEN", env = "PORTCULLIS_COLOR", hide_env = true)]
    #[arg(default_value = "auto", display_order = 900)]
    pub(crate) color: Color,

    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The version of the program and the date of what it knows about AWS.
fn version() -> String {
    let (version, date) = (env!("CARGO_PKG_VERSION"), catalog::DATA_DATE);
    format!("{version} (AWS catalogue of {date}, AWS managed policies of {})", catalog::MANAGED_POLICIES_DATE)
}
