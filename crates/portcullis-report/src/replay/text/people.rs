//! Who would have been denied what.

use std::collections::BTreeSet;
use std::io;

use portcullis_finding::replay::{Deed, DeedFate, Device, Principal, Replay};

use super::{Page, day};
use crate::style::{BOLD, DIM};
use crate::words::{count, grouped, safe, width, wrap};

/// Principals and actions that are shown without `--all`.
const BRIEF: Brief = Brief { people: 10, deeds: 6 };
/// The same of what the guardrail has no part in.
const BRIEFER: Brief = Brief { people: 4, deeds: 3 };

#[derive(Clone, Copy)]
struct Brief {
    people: usize,
    deeds: usize,
}

/// The columns that an action may take.
const WIDEST: usize = 52;

pub(super) fn write(
    replay: &Replay,
    (fate, title): (DeedFate, &str),
    page: Page,
    out: &mut impl io::Write,
) -> io::Result<()> {
    let has = |own: &&Principal| own.deeds.iter().any(|deed| deed.fate == fate);
    let mut people: Vec<&Principal> = replay.principals.iter().filter(has).collect();
    people.sort_by_key(|own| std::cmp::Reverse(own.deeds_of(fate).map(|deed| deed.events).sum::<u64>()));
    if people.is_empty() {
        return Ok(());
    }
    let brief = if matches!(fate, DeedFate::Denied | DeedFate::CannotTell) { BRIEF } else { BRIEFER };
    writeln!(out, "\n{BOLD}{title}{BOLD:#}")?;
    for principal in people.iter().take(page.limit(brief.people)) {
        one(principal, (fate, page.limit(brief.deeds)), page, out)?;
    }
    let hidden = people.len().saturating_sub(page.limit(brief.people));
    if 0 < hidden {
        writeln!(
            out,
            "\n  {DIM}{}; --all shows them{DIM:#}",
            count(hidden, "more principal", "more principals")
        )?;
    }
    Ok(())
}

fn one(
    principal: &Principal,
    (fate, most): (DeedFate, usize),
    page: Page,
    out: &mut impl io::Write,
) -> io::Result<()> {
    let deeds: Vec<&Deed> = principal.deeds_of(fate).collect();
    let events: u64 = deeds.iter().map(|deed| deed.events).sum();
    writeln!(out, "\n  {BOLD}{}{BOLD:#}", safe(&principal.arn))?;
    if let (DeedFate::Denied, Some(about)) = (fate, about(principal)) {
        wrap(&about, page.width - 4).iter().try_for_each(|line| writeln!(out, "    {line}"))?;
    }
    let span = span(&deeds).map(|span| format!(", {span}")).unwrap_or_default();
    let from = if fate == DeedFate::Denied { origin(principal) } else { String::new() };
    let line = format!(
        "{} of {} events{span}{from}",
        grouped(events as usize),
        grouped(principal.fates.all() as usize)
    );
    wrap(&safe(&line), page.width - 4).iter().try_for_each(|line| writeln!(out, "    {line}"))?;
    let shown = deeds.iter().take(most);
    let widest = shown.clone().map(|deed| width(&deed.action)).max().unwrap_or_default().min(WIDEST);
    for deed in shown {
        let via = deed.via.as_ref().map(|via| format!("  forwarded by {}", safe(via))).unwrap_or_default();
        let when = when(deed).map(|when| format!("  {DIM}{when}{DIM:#}")).unwrap_or_default();
        writeln!(
            out,
            "    {:>9}  {:<widest$}{when}{via}",
            grouped(deed.events as usize),
            safe(&deed.action)
        )?;
    }
    let hidden = deeds.len().saturating_sub(most);
    if 0 < hidden {
        let events: u64 = deeds.iter().skip(most).map(|deed| deed.events).sum();
        let further = count(hidden, "further action", "further actions");
        writeln!(out, "    {:>9}  {DIM}{further}{DIM:#}", grouped(events as usize))?;
    }
    because(&deeds, fate, page, out)?;
    if fate == DeedFate::Denied { needs(principal, most, page, out) } else { Ok(()) }
}

/// What kind of caller it is: what is to be done about it depends on that.
fn about(principal: &Principal) -> Option<String> {
    if principal.habit.is_automation {
        return Some(format!("looks like automation: {}", safe(&principal.habit.signs.join(", "))));
    }
    match principal.device {
        Device::Has => Some("has an MFA device and did not use it".into()),
        Device::HasNone => Some("has no MFA device".into()),
        Device::Unknown => None,
    }
}

/// What a role in the place of an access key needs.
fn needs(principal: &Principal, most: usize, page: Page, out: &mut impl io::Write) -> io::Result<()> {
    if principal.needs.is_empty() {
        return Ok(());
    }
    writeln!(out, "    a role in its place needs, as far as the records show:")?;
    for need in principal.needs.iter().take(most) {
        let resources: Vec<String> = need.resources.iter().take(most).map(|own| safe(own)).collect();
        let hidden = need.resources.len() - resources.len();
        let more = if 0 < hidden { format!(" and {hidden} more") } else { String::new() };
        let line = format!("{} on {}{more}", safe(&need.action), resources.join(", "));
        wrap(&line, page.width - 8).iter().try_for_each(|line| writeln!(out, "        {line}"))?;
    }
    let hidden = principal.needs.len().saturating_sub(most);
    if 0 < hidden {
        writeln!(out, "        {DIM}{}{DIM:#}", count(hidden, "further action", "further actions"))?;
    }
    Ok(())
}

fn origin(principal: &Principal) -> String {
    let first = |names: &[&str], preposition: &str| {
        let Some(name) = names.first() else { return String::new() };
        let more = if names.len() < 2 { String::new() } else { format!(" and {} more", names.len() - 1) };
        format!(", {preposition} {name}{more}")
    };
    let addresses: Vec<&str> = principal.addresses.iter().map(|(address, _)| &**address).collect();
    let mut programs: Vec<&str> = Vec::new();
    for (agent, _) in &principal.agents {
        let program = program(agent);
        if !programs.contains(&program) {
            programs.push(program);
        }
    }
    first(&addresses, "from") + &first(&programs, "with")
}

/// The program that a user agent names first, without its version: `[aws-cli/2.17.32 md/…]` is `aws-cli`.
fn program(agent: &str) -> &str {
    let agent = agent.trim_start_matches('[').trim_start_matches("APN/1.0 HashiCorp/1.0 ");
    agent.split([' ', '/', ',', ']', ';']).next().unwrap_or(agent)
}

fn span(deeds: &[&Deed]) -> Option<String> {
    let first = deeds.iter().filter_map(|deed| deed.first).min()?;
    let last = deeds.iter().filter_map(|deed| deed.last).max()?;
    Some(days(&day(first), &day(last)))
}

fn when(deed: &Deed) -> Option<String> {
    Some(days(&day(deed.first?), &day(deed.last?)))
}

fn days(first: &str, last: &str) -> String {
    if first == last { format!("on {first}") } else { format!("{first} to {last}") }
}

fn because(deeds: &[&Deed], fate: DeedFate, page: Page, out: &mut impl io::Write) -> io::Result<()> {
    let reasons: BTreeSet<&str> =
        deeds.iter().flat_map(|deed| deed.because.iter().map(|own| &**own)).collect();
    if reasons.is_empty() {
        return Ok(());
    }
    let word = match fate {
        DeedFate::Denied | DeedFate::DeniedToday => "by",
        DeedFate::CannotTell => "because of",
        DeedFate::Refused => "told:",
    };
    let line = format!("{word} {}", reasons.into_iter().collect::<Vec<_>>().join(", "));
    for line in wrap(&safe(&line), page.width - 4) {
        writeln!(out, "    {DIM}{line}{DIM:#}")?;
    }
    Ok(())
}
