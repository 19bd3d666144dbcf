//! The program as a whole: how soon it answers, and how large it is.

use std::process::{Command, Stdio};

use crate::failure::{Failure, Outcome};
use crate::{files, program};

use super::figure::{Figure, Target, Unit};
use super::timing;

pub(super) fn run() -> Outcome<Vec<Figure>> {
    let build = ["build", "--quiet", "--release", "--package", "portcullis"];
    program::run(Command::new(env!("CARGO")).args(build).current_dir(files::root()))?;
    let path = files::root().join("target/release/portcullis");
    let size = path.metadata().map_err(Failure::file(&path))?.len() as f64 / 1e6;
    let help = timing::median_nanoseconds(|| {
        Command::new(&path).arg("--help").stdin(Stdio::null()).stdout(Stdio::null()).status()
    });
    Ok(vec![
        Figure::new("portcullis --help", help / 1e6, Unit::Milliseconds).target(Target::AtMost(20.0)),
        Figure::new("size of the program", size, Unit::Megabytes).target(Target::AtMost(15.0)),
    ])
}
