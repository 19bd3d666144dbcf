//! The help of every command, as the program prints it.

use std::process::Command;

use testkit::help;

use crate::failure::{Failure, Outcome};
use crate::files;

pub(super) fn render() -> Outcome<String> {
    let failed = |reason: String| Failure::Program { program: "portcullis".into(), reason };
    help::page(|arguments| {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["run", "--quiet", "--package", "portcullis", "--"]).args(arguments);
        help::plain(cargo.current_dir(files::root())).output().map_err(|error| error.to_string())
    })
    .map_err(failed)
}
