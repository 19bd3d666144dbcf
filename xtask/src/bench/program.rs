//! The program as a whole: how soon it answers, and how large it is.

use std::process::{Command, Stdio};

use crate::failure::{Failure, Outcome};

use super::figure::{Figure, Target, Unit};
use super::{binary, timing};

pub(super) fn run() -> Outcome<Vec<Figure>> {
    let path = binary::build()?;
    let size = path.metadata().map_err(Failure::file(&path))?.len() as f64 / 1e6;
    let help = timing::median_nanoseconds(|| {
        Command::new(&path).arg("--help").stdin(Stdio::null()).stdout(Stdio::null()).status()
    });
    Ok(vec![
        Figure::new("portcullis --help", help / 1e6, Unit::Milliseconds).target(Target::AtMost(20.0)),
        Figure::new("size of the program", size, Unit::Megabytes).target(Target::AtMost(15.0)),
    ])
}
