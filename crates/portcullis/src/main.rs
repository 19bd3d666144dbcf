//! Portcullis makes MFA on AWS mandatory, and proves it.

mod cli;
mod command;
mod exit;
mod failure;
mod given;
mod guardrail;
mod sample;
mod snapshot_files;
mod terminal;

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;

use crate::cli::Cli;
use crate::terminal::Terminal;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    exit::install_panic_hook();
    let cli = Cli::parse();
    let mut terminal = Terminal::new(cli.color);
    let outcome = command::run(&cli.command, &mut terminal).and_then(|exit| {
        terminal.flush()?;
        Ok(exit)
    });
    match outcome {
        Ok(exit) => exit.into(),
        Err(failure) => {
            terminal.report(&failure);
            failure.exit.into()
        }
    }
}
