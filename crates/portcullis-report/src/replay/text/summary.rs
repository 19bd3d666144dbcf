//! The summary: what was read, under which guardrail, and how many events come to which fate.

use std::io;

use anstyle::{AnsiColor, Style};
use portcullis_finding::replay::{Replay, Totals};

use super::{Page, minute};
use crate::style::{BOLD, DIM};
use crate::words::{count, grouped, safe, wrap};

pub(super) fn write(replay: &Replay, page: Page, out: &mut impl io::Write) -> io::Result<()> {
    read(&replay.totals, page, out)?;
    for supposed in &replay.asked.guardrail {
        writeln!(out, "as if {} were {}", safe(&supposed.file), safe(&supposed.attached))?;
    }
    fates(replay, page, out)
}

fn read(totals: &Totals, page: Page, out: &mut impl io::Write) -> io::Result<()> {
    let events = totals.records.saturating_sub(totals.again);
    let events = count(events as usize, "event", "events");
    let span = totals.span.map(|(first, last)| format!(" from {} to {} UTC", minute(first), minute(last)));
    writeln!(out, "{BOLD}{events}{BOLD:#}{}", span.unwrap_or_default())?;
    let mut parts = vec![format!(
        "{} in {}",
        count(totals.records as usize, "record", "records"),
        count(totals.objects as usize, "object", "objects")
    )];
    let mut tell = |number: u64, words: &str| {
        if 0 < number {
            parts.push(format!("{} {words}", grouped(number as usize)));
        }
    };
    tell(totals.again, "of them delivered again");
    tell(totals.unnamed, "without an identifier");
    tell(totals.left_out, "left out as asked");
    let skipped: Vec<String> = totals
        .skipped
        .iter()
        .map(|(reason, number)| format!("{} {reason}", grouped(*number as usize)))
        .collect();
    parts.extend((!skipped.is_empty()).then(|| format!("skipped: {}", skipped.join(", "))));
    wrap(&parts.join("; "), page.width).iter().try_for_each(|line| writeln!(out, "{line}"))?;
    for (name, why) in totals.faults.iter().take(page.limit(5)) {
        writeln!(out, "{}{} {}{:#}", WARNING, safe(name), safe(why), WARNING)?;
    }
    let hidden = totals.faults.len().saturating_sub(page.limit(5));
    if 0 < hidden {
        writeln!(
            out,
            "{WARNING}{} more not read to their end; --all lists them{WARNING:#}",
            grouped(hidden)
        )?;
    }
    Ok(())
}

const WARNING: Style = AnsiColor::Yellow.on_default();

fn fates(replay: &Replay, page: Page, out: &mut impl io::Write) -> io::Result<()> {
    let fates = replay.totals.fates;
    let nothing = replay.totals.nothing.iter().map(|(_, number)| number).sum::<u64>();
    let red = AnsiColor::Red.on_default().bold();
    let rows = [
        (fates.denied, "would have been denied", red, callers(replay, |own| own.fates.denied)),
        (fates.cannot_tell, "cannot be told", WARNING, callers(replay, |own| own.fates.cannot_tell)),
        (fates.denied_today, "denied by what is in force today", Style::new(), String::new()),
        (fates.refused, "denied when they were made", Style::new(), callers(replay, |own| own.fates.refused)),
        (fates.passes, "pass", AnsiColor::Green.on_default(), String::new()),
        (nothing, "not decided by policies", DIM, String::new()),
    ];
    writeln!(out)?;
    for (number, words, style, more) in rows {
        if number == 0 && words != "would have been denied" {
            continue;
        }
        let line = format!("  {style}{:>13}{style:#}  {words:<33}{more}", grouped(number as usize));
        writeln!(out, "{}", line.trim_end())?;
    }
    for (reason, number) in &replay.totals.nothing {
        writeln!(out, "  {DIM}{:>13}    {}{DIM:#}", grouped(*number as usize), safe(reason))?;
    }
    let unmapped: Vec<String> = replay
        .unmapped
        .iter()
        .take(page.limit(3))
        .map(|(name, number)| format!("{name} ({number})"))
        .collect();
    if !unmapped.is_empty() {
        let hidden = replay.unmapped.len() - unmapped.len();
        let more = if 0 < hidden { format!(" and {hidden} more") } else { String::new() };
        let line = format!("no action is known for {}{more}", unmapped.join(", "));
        for line in wrap(&safe(&line), page.width - 21) {
            writeln!(out, "                     {DIM}{line}{DIM:#}")?;
        }
    }
    Ok(())
}

/// Of how many callers.
fn callers(replay: &Replay, of: impl Fn(&portcullis_finding::replay::Principal) -> u64) -> String {
    let number = replay.principals.iter().filter(|own| 0 < of(own)).count();
    if number == 0 { String::new() } else { format!("of {}", count(number, "principal", "principals")) }
}
