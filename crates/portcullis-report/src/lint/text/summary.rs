//! The end of the text: what was not seen, and how much was found.

use std::collections::BTreeMap;
use std::io;

use anstyle::{AnsiColor, Style};
use portcullis_finding::{Applicability, LintReport, Severity, Status};
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

/// What references stand for nothing that is known.
fn unresolved(report: &LintReport, layout: Layout, out: &mut impl io::Write) -> io::Result<()> {
    let most = match layout.detail {
        Detail::Brief => MOST_UNRESOLVED,
        Detail::All => usize::MAX,
    };
    for one in report.unresolved.iter().take(most) {
        writeln!(out, "{HINT}note{HINT:#}: {}: {}", place(report, &one.place), safe(&one.message))?;
    }
    let rest = report.unresolved.len().saturating_sub(most);
    if 0 < rest {
        writeln!(out, "{HINT}note{HINT:#}: {rest} more are unknown; --all tells which")?;
    }
    if report.unresolved.is_empty() { Ok(()) } else { writeln!(out) }
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
    let mut guessed: BTreeMap<PolicyKind, Vec<&str>> = BTreeMap::new();
    for document in report.documents.iter().filter(|document| document.is_guess) {
        guessed.entry(document.kind).or_default().push(&document.place.path);
    }
    for (kind, paths) in guessed {
        let shown = match paths.as_slice() {
            [path] => format!("{path} is taken for {} {}", article(kind), kind.name()),
            paths => format!("{} documents are taken for {}", paths.len(), many(kind)),
        };
        let text = format!("{}, from what it says; --kind says otherwise", safe(&shown));
        for line in wrap(&text, layout.width) {
            writeln!(out, "{DIM}{line}{DIM:#}")?;
        }
    }
    Ok(())
}

fn article(kind: PolicyKind) -> &'static str {
    match kind {
        PolicyKind::Identity | PolicyKind::Endpoint => "an",
        PolicyKind::Group
        | PolicyKind::Boundary
        | PolicyKind::Session
        | PolicyKind::ServiceControl
        | PolicyKind::ResourceControl
        | PolicyKind::Resource
        | PolicyKind::Trust => "a",
    }
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
    for (status, word) in [(Status::Unknown, "unknown"), (Status::Exempt, "accepted")] {
        let number = report.count(status);
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
    if let Some(flaw) = report.diagnostics.iter().find(|flaw| flaw.status != Status::Exempt) {
        writeln!(out, "`portcullis explain {}` tells why, and what to do", flaw.rule.id)?;
    }
    Ok(())
}

const HINT: Style = AnsiColor::Cyan.on_default().bold();
const ERROR: Style = AnsiColor::Red.on_default().bold();

/// So many unknown references are told unless all are asked for.
const MOST_UNRESOLVED: usize = 5;
