//! When events would have been denied: a line of days, and a week by the hour.

use std::io;

use portcullis_finding::replay::Replay;

use super::{Page, day};
use crate::style::{BOLD, DIM};
use crate::words::grouped;

/// Eight heights, and nothing for none.
const BARS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// Four shades, and a dot for none.
const SHADES: [char; 5] = ['·', '░', '▒', '▓', '█'];

const WEEK: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

pub(super) fn write(replay: &Replay, page: Page, out: &mut impl io::Write) -> io::Result<()> {
    let rhythm = &replay.rhythm;
    if replay.totals.fates.denied == 0 {
        return Ok(());
    }
    writeln!(out, "\n{BOLD}When they would have been denied{BOLD:#}")?;
    let room = page.width.saturating_sub(4).max(1);
    let width = rhythm.days.len().div_ceil(room).max(1);
    let bars: Vec<u64> =
        rhythm.days.chunks(width).map(|days| days.iter().map(|(_, _, denied)| denied).sum()).collect();
    let most = bars.iter().max().copied().unwrap_or_default();
    let line: String = bars.iter().map(|own| mark(&BARS, *own, most)).collect();
    writeln!(out, "\n  {line}")?;
    if let (Some((first, ..)), Some((last, ..))) = (rhythm.days.first(), rhythm.days.last()) {
        let each = if width == 1 { "a day".to_owned() } else { format!("{width} days") };
        writeln!(
            out,
            "  {DIM}{} to {}; each bar is {each}, the highest {}{DIM:#}",
            day(*first),
            day(*last),
            grouped(most as usize)
        )?;
    }
    let most = rhythm.week.iter().flatten().max().copied().unwrap_or_default();
    writeln!(out, "\n  {DIM}UTC  00    03    06    09    12    15    18    21{DIM:#}")?;
    for (name, hours) in WEEK.iter().zip(&rhythm.week) {
        let line: String = hours.iter().flat_map(|own| [mark(&SHADES, *own, most); 2]).collect();
        writeln!(out, "  {name}  {line}")?;
    }
    Ok(())
}

/// The mark for a number: the first for none, the last for the most.
fn mark(marks: &[char], number: u64, most: u64) -> char {
    let steps = marks.len() as u64 - 1;
    let step = if number == 0 { 0 } else { (number * steps).div_ceil(most.max(1)).clamp(1, steps) };
    marks.get(step as usize).copied().unwrap_or_default()
}
