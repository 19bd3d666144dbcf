//! The prover beside an outside solver: `cargo run --release -p testkit --example judge -- --python PYTHON`.
//!
//! Prints how often they agree, and of problems on which they differ the smallest like them.

mod arguments;
mod generated;
mod published;
mod tally;

use std::process::ExitCode;

use arguments::Arguments;

fn main() -> ExitCode {
    let Some(arguments) = Arguments::parse() else {
        eprintln!("usage: judge --python PYTHON [--solver cvc5|z3] [--cases N] [--seed N] [--step N]");
        return ExitCode::from(2);
    };
    match generated::run(&arguments).and_then(|good| Ok(published::run(&arguments)? && good)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("judge: {error}");
            ExitCode::FAILURE
        }
    }
}
