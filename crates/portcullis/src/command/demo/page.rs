//! The looks of the demo.

use std::io::{self, Write};

use anstyle::Style;
use portcullis_iam::Timestamp;
use portcullis_snapshot::Snapshot;

use crate::terminal::Terminal;

/// Where the demo's commands find the sample, once `demo --write` has put it there.
pub(super) const FOLDER: &str = "sample";

const TITLE: Style = Style::new().bold().underline();
const COMMAND: Style = Style::new().bold();

/// The time of the snapshot, so that the demo is the same every day.
pub(super) fn now(snapshot: &Snapshot) -> Timestamp {
    snapshot.taken_at.map_or(Timestamp::from_seconds(0), |taken| taken.at)
}

/// A heading.
pub(super) fn title(text: &str, terminal: &mut Terminal) -> io::Result<()> {
    writeln!(terminal.data(), "{TITLE}{text}{TITLE:#}\n")
}

/// A command as a person would type it, on as many lines as it takes.
pub(super) fn command(words: &str, flags: &[(&str, &str)], terminal: &mut Terminal) -> io::Result<()> {
    let mut lines = vec![format!("$ portcullis {words}")];
    for (flag, value) in flags {
        match lines.last_mut() {
            Some(line) if line.len() + flag.len() + value.len() + 2 <= WIDTH => {
                *line = format!("{line} {flag} {value}");
            }
            Some(_) | None => lines.push(format!("    {flag} {value}")),
        }
    }
    writeln!(terminal.data(), "{COMMAND}{}{COMMAND:#}\n", lines.join(" \\\n"))
}

/// The columns of a command's line at most, without the mark that it goes on.
const WIDTH: usize = 78;
