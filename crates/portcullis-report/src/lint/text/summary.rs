//! The end of the text: what was not seen, and how much was found.

use std::collections::BTreeMap;
use std::io;

use anstyle::{AnsiColor, Style};
use portcullis_finding::{Applicability, Hides, LintReport, Severity, Status};
use portcullis_iam::{Place, PolicyKind};

use crate::format::{Detail, Layout};
use crate::style::{BOLD, DIM, severity as style};
use crate::words::{count, safe, wrap};

pub(super) fn write(report: &LintReport, layout: Layout, out: &mut impl io::Write) -> io::Result<()> {
    unresolved(report, layout, out)?;
    unread(report, out)?;
    guesses(report, layout, out)?;
    counts(report, out)?;
    advice(report, out)
}

/// What references stand for nothing that is known: first those that hide a part of a policy.
fn unresolved(report: &LintReport, layout: Layout, out: &mut impl io::Write) -> io::Result<()> {
    let most = match layout.detail {
        Detail::Brief => MOST_UNRESOLVED,
        Detail::All => usize::MAX,
    };
    let mut unresolved: Vec<_> = report.unresolved.iter().collect();
    unresolved.sort_by_key(|one| std::cmp::Reverse(one.hides));
    for one in unresolved.iter().take(most) {
        let (style, word) = match one.hides {
            Hides::Value => (HINT, "note"),
            Hides::Part => (UNKNOWN, "unknown"),
        };
        writeln!(out, "{style}{word}{style:#}: {}: {}", place(report, &one.place), safe(&one.message))?;
    }
    let rest = unresolved.len().saturating_sub(most);
    if 0 < rest {
        writeln!(out, "{rest} more references are unknown; --all tells which")?;
    }
    if unresolved.is_empty() { Ok(()) } else { writeln!(out) }
}

fn unread(report: &LintReport, out: &mut impl io::Write) -> io::Result<()> {
    for one in &report.unread {
        let place = one.place.as_ref().map_or_else(|| safe(&one.path), |at| place(report, at));
        writeln!(out, "{ERROR}not read{ERROR:#}: {place}: {}", safe(&one.message))?;
        if let Some(hint) = &one.hint {
            writeln!(out, "  {HINT}help{HINT:#}: {}", safe(hint))?;
        }
    }
    if report.unread.is_empty() { Ok(()) } else { writeln!(out) }
}

fn place(report: &LintReport, place: &Place) -> String {
    match report.region(place) {
        Some(region) => format!("{}:{}:{}", safe(&place.path), region.start.line, region.start.column),
        None => safe(&place.path),
    }
}

/// Which kinds the content alone speaks for: a wrong guess would make a wrong report.
fn guesses(report: &LintReport, layout: Layout, out: &mut impl io::Write) -> io::Result<()> {
    let mut guessed: BTreeMap<PolicyKind, usize> = BTreeMap::new();
    for document in report.documents.iter().filter(|document| document.is_guess) {
        *guessed.entry(document.kind).or_default() += 1;
    }
    let kinds: Vec<_> =
        guessed.iter().map(|(kind, number)| count(*number, kind.name(), &many(*kind))).collect();
    if kinds.is_empty() {
        return Ok(());
    }
    let text = format!("guessed from content: {}; --kind says otherwise", kinds.join(", "));
    wrap(&text, layout.width).iter().try_for_each(|line| writeln!(out, "{DIM}{line}{DIM:#}"))
}

fn many(kind: PolicyKind) -> String {
    format!("{}ies", kind.name().trim_end_matches('y'))
}

fn counts(report: &LintReport, out: &mut impl io::Write) -> io::Result<()> {
    let files = report.documents.iter().map(|document| &document.place.path);
    let files = files.collect::<std::collections::BTreeSet<_>>().len();
    if report.documents.is_empty() {
        return writeln!(out, "no policy in {}", count(report.files.len(), "file", "files"));
    }
    let failures = report.failures();
    let mut found: Vec<String> = Severity::WORST_FIRST
        .into_iter()
        .filter_map(|severity| Some((severity, *failures.get(&severity)?)))
        .map(|(severity, number)| {
            let style = style(severity);
            format!("{style}{number} {severity}{style:#}")
        })
        .collect();
    let unknown = report.count(Status::Unknown) + report.hidden();
    for (number, word) in
        [(unknown, "unknown"), (report.unread.len(), "not read"), (report.count(Status::Exempt), "accepted")]
    {
        if 0 < number {
            found.push(format!("{number} {word}"));
        }
    }
    let found = if found.is_empty() { "nothing found".to_owned() } else { found.join(", ") };
    let policies = count(report.documents.len(), "policy", "policies");
    writeln!(out, "{BOLD}{policies} in {}{BOLD:#}: {found}", count(files, "file", "files"))
}

fn advice(report: &LintReport, out: &mut impl io::Write) -> io::Result<()> {
    let fixable = report.diagnostics.iter().filter(|flaw| {
        flaw.status == Status::Fail
            && flaw.fix.as_ref().is_some_and(|fix| fix.applicability == Applicability::Safe)
    });
    let fixable = fixable.count();
    if 0 < fixable {
        writeln!(out, "{fixable} can be fixed with `--fix`; `--fix --diff` shows how")?;
    }
    let open = report.diagnostics.iter().filter(|flaw| flaw.status != Status::Exempt);
    // The first of the worst.
    if let Some(flaw) = open.min_by_key(|flaw| std::cmp::Reverse(flaw.severity)) {
        writeln!(out, "`portcullis explain {}` tells why, and what to do", flaw.rule.id)?;
    }
    Ok(())
}

const HINT: Style = AnsiColor::Cyan.on_default().bold();
const UNKNOWN: Style = AnsiColor::Yellow.on_default().bold();
const ERROR: Style = AnsiColor::Red.on_default().bold();

/// So many unknown references are told unless all are asked for.
const MOST_UNRESOLVED: usize = 5;
