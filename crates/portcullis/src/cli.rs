//! The command line: what all commands share.

use clap::Parser;

use crate::command::Command;
use crate::exit;
use crate::terminal::Color;

/// Makes multi-factor authentication on AWS mandatory, and proves it.
#[derive(Debug, Parser)]
#[command(name = "portcullis", version, max_term_width = 100, after_help = exit::HELP)]
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
