//! Tools of the project: run as `cargo xtask NAME`.

mod bench;
mod catalog;
mod check;
mod commands;
mod docs;
mod e2e;
mod failure;
mod files;
mod program;
mod sample;
mod tidy;

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// The allocator of the program: benches measure its code as it runs there.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match commands::run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            ExitCode::FAILURE
        }
    }
}
