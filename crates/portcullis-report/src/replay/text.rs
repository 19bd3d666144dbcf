//! Text: what was read and what would have become of it, then everybody who would have been denied something, what cannot
//! be told, what was denied, and what the records cannot show.

mod people;
mod rhythm;
mod summary;

use std::io;

use portcullis_finding::replay::{DeedFate, Exemptions, Replay};
use portcullis_iam::Timestamp;

use crate::format::{Detail, Layout};
use crate::style::{BOLD, DIM};
use crate::words::{safe, wrap};

/// Writes the replay for people.
///
/// # Errors
/// When the writer fails.
pub fn write(replay: &Replay, layout: Layout, out: &mut impl io::Write) -> io::Result<()> {
    let page = Page { width: layout.width.clamp(80, 120), detail: layout.detail };
    summary::write(replay, page, out)?;
    for (fate, title) in PARTS {
        people::write(replay, (fate, title), page, out)?;
    }
    exemptions(replay, page, out)?;
    rhythm::write(replay, page, out)?;
    blind_spots(replay, page, out)
}

const PARTS: [(DeedFate, &str); 4] = [
    (DeedFate::Denied, "Would have been denied"),
    (DeedFate::CannotTell, "Cannot be told"),
    (DeedFate::DeniedToday, "Denied by what is in force today"),
    (DeedFate::Refused, "Denied when they were made"),
];

/// How the page is laid out.
#[derive(Clone, Copy)]
struct Page {
    width: usize,
    detail: Detail,
}

impl Page {
    /// How many of something are shown: `brief` of them, unless everything is wanted.
    fn limit(self, brief: usize) -> usize {
        match self.detail {
            Detail::Brief => brief,
            Detail::All => usize::MAX,
        }
    }
}

/// The exemptions that a person may consider: of people, enrolling is better.
fn exemptions(replay: &Replay, page: Page, out: &mut impl io::Write) -> io::Result<()> {
    let Exemptions { patterns, is_least } = &replay.exemptions;
    if patterns.is_empty() {
        return Ok(());
    }
    let least = if *is_least { "the fewest" } else { "maybe not the fewest" };
    writeln!(
        out,
        "\n{BOLD}Exemptions with which nothing that was recorded breaks{BOLD:#} {DIM}({least}; better that people enrol){DIM:#}\n"
    )?;
    for own in patterns.iter().take(page.limit(10)) {
        let covers = if own.principals == 1 { String::new() } else { format!("  covers {}", own.principals) };
        writeln!(out, "  {}{DIM}{covers}{DIM:#}", safe(&own.pattern))?;
    }
    let hidden = patterns.len().saturating_sub(page.limit(10));
    if 0 < hidden {
        writeln!(out, "  {DIM}{hidden} more; --all shows them{DIM:#}")?;
    }
    Ok(())
}

fn blind_spots(replay: &Replay, page: Page, out: &mut impl io::Write) -> io::Result<()> {
    if replay.blind_spots.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{BOLD}What the records cannot show{BOLD:#}")?;
    for spot in &replay.blind_spots {
        for (at, line) in wrap(&safe(spot), page.width - 4).iter().enumerate() {
            writeln!(out, "{}{line}", if at == 0 { "  - " } else { "    " })?;
        }
    }
    Ok(())
}

/// An instant for people, to the minute.
fn minute(at: Timestamp) -> String {
    let text = at.to_string();
    text.get(..16).unwrap_or(&text).replace('T', " ")
}

/// The day of an instant.
fn day(at: Timestamp) -> String {
    at.to_string().chars().take(10).collect()
}
