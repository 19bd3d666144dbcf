//! The prover beside an outside solver: `cargo run --release -p testkit --example judge -- --python PYTHON`.
//!
//! Prints how often they agree, and of problems on which they differ the smallest like them.

mod arguments;
mod court;
mod generated;
mod published;
mod tally;

use std::io;
use std::process::ExitCode;

use testkit::{collected, problems};

use arguments::Arguments;

fn main() -> ExitCode {
    let Some(arguments) = Arguments::parse() else {
        eprintln!(
            "usage: judge --python PYTHON [--solver cvc5|z3] [--first N] [--cases N] [--least N] [--seed N] [--step N] [--limit STEPS]"
        );
        return ExitCode::from(2);
    };
    match run(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("judge: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Whether prover and solver agree on everything, on enough problems.
fn run(arguments: &Arguments) -> io::Result<bool> {
    let generated = generated::run(arguments)?;
    let mut agree = generated.report("generated");
    if generated.compared() < arguments.least {
        println!("only {} of the {} that are to be compared", generated.compared(), arguments.least);
        agree = false;
    }
    agree &= generated::run_twice(arguments)?.report("what they both allow and refuse");
    let Some(data) = collected::folder() else { return Ok(agree) };
    let parts = [
        ("published documents", problems::of_documents(&data, arguments.step)),
        ("managed policies beside guardrails", problems::of_managed(&data, arguments.step)),
    ];
    for (name, questions) in parts {
        agree &= published::run(arguments, &questions)?.report(name);
    }
    Ok(agree)
}
