//! JSON: the versioned contract for programs. The schema is `docs/lint.schema.json`.

use std::io;

use portcullis_finding::{LintReport, Region, Severity, Status};
use portcullis_iam::Place;
use serde::Serialize;

/// The version of the contract. It grows when a member changes its meaning or goes away; new members may come.
pub const VERSION: u32 = 1;

/// Writes the report as indented JSON, with a newline at the end.
///
/// # Errors
/// When the writer fails.
pub fn write(report: &LintReport, out: &mut impl io::Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &root(report))?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct Root<'a> {
    version: u32,
    tool: Tool<'a>,
    selection: Selection<'a>,
    summary: Summary,
    rules: Vec<Rule>,
    documents: Vec<Document<'a>>,
    diagnostics: Vec<Diagnostic<'a>>,
    unresolved: Vec<Unresolved<'a>>,
    unread: Vec<Unread<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    name: &'static str,
    version: &'a str,
    catalog: &'a str,
}

#[derive(Serialize)]
struct Selection<'a> {
    only: &'a [String],
    skip: &'a [String],
}

#[derive(Serialize)]
struct Summary {
    files: usize,
    documents: usize,
    critical: usize,
    high: usize,
    medium: usize,
    low: usize,
    unknown: usize,
    exempt: usize,
    unresolved: usize,
    unread: usize,
}

#[derive(Serialize)]
struct Rule {
    rule: &'static str,
    severity: &'static str,
    title: &'static str,
}

#[derive(Serialize)]
struct Document<'a> {
    document: &'a str,
    kind: &'static str,
    guessed: bool,
    place: Location<'a>,
}

#[derive(Serialize)]
struct Diagnostic<'a> {
    fingerprint: String,
    rule: &'static str,
    severity: &'static str,
    status: &'static str,
    document: &'a str,
    place: Location<'a>,
    message: &'a str,
    label: &'a str,
    notes: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    related: Vec<Related<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Fix<'a>>,
}

/// A part of a file. Lines and columns are absent when the file could not be opened.
#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    start: u32,
    end: u32,
    #[serde(flatten)]
    lines: Option<Lines>,
}

#[derive(Serialize)]
struct Lines {
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
struct Related<'a> {
    place: Location<'a>,
    text: &'a str,
}

#[derive(Serialize)]
struct Fix<'a> {
    title: &'a str,
    applicability: &'static str,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    place: Location<'a>,
    replacement: &'a str,
}

#[derive(Serialize)]
struct Unresolved<'a> {
    document: &'a str,
    hides: &'static str,
    place: Location<'a>,
    message: &'a str,
}

#[derive(Serialize)]
struct Unread<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Location<'a>>,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<&'a str>,
}

fn root(report: &LintReport) -> Root<'_> {
    let diagnostics = report.diagnostics.iter().zip(report.fingerprints());
    Root {
        version: VERSION,
        tool: Tool { name: "portcullis", version: &report.tool.version, catalog: &report.tool.catalog },
        selection: Selection { only: &report.selection.only, skip: &report.selection.skip },
        summary: summary(report),
        rules: report.rules.iter().map(|rule| self::rule(rule)).collect(),
        documents: report.documents.iter().map(|one| document(report, one)).collect(),
        diagnostics: diagnostics.map(|(one, print)| diagnostic(report, one, print)).collect(),
        unresolved: report.unresolved.iter().map(|one| unresolved(report, one)).collect(),
        unread: report.unread.iter().map(|one| unread(report, one)).collect(),
    }
}

fn summary(report: &LintReport) -> Summary {
    let failures = report.failures();
    let failed = |severity| failures.get(&severity).copied().unwrap_or(0);
    Summary {
        files: report.files.len(),
        documents: report.documents.len(),
        critical: failed(Severity::Critical),
        high: failed(Severity::High),
        medium: failed(Severity::Medium),
        low: failed(Severity::Low),
        unknown: report.count(Status::Unknown),
        exempt: report.count(Status::Exempt),
        unresolved: report.unresolved.len(),
        unread: report.unread.len(),
    }
}

fn rule(rule: &portcullis_finding::Rule) -> Rule {
    Rule { rule: rule.id, severity: rule.severity.as_str(), title: rule.title() }
}

fn document<'a>(report: &LintReport, document: &'a portcullis_finding::LintedDocument) -> Document<'a> {
    Document {
        document: &document.name,
        kind: document.kind.as_str(),
        guessed: document.is_guess,
        place: location(report, &document.place),
    }
}

fn diagnostic<'a>(
    report: &LintReport,
    flaw: &'a portcullis_finding::Diagnostic,
    fingerprint: String,
) -> Diagnostic<'a> {
    let related = flaw.related.iter();
    Diagnostic {
        fingerprint,
        rule: flaw.rule.id,
        severity: flaw.severity.as_str(),
        status: flaw.status.as_str(),
        document: &flaw.document,
        place: location(report, &flaw.place),
        message: &flaw.message,
        label: &flaw.label,
        notes: flaw.notes.iter().map(AsRef::as_ref).collect(),
        help: flaw.help.as_deref(),
        related: related
            .map(|label| Related { place: location(report, &label.place), text: &label.text })
            .collect(),
        accepted: flaw.accepted.as_deref(),
        fix: flaw.fix.as_ref().map(|one| fix(report, one)),
    }
}

fn fix<'a>(report: &LintReport, fix: &'a portcullis_finding::Fix) -> Fix<'a> {
    let edit = |edit: &'a portcullis_finding::Edit| Edit {
        place: location(report, &edit.place),
        replacement: &edit.replacement,
    };
    Fix {
        title: &fix.title,
        applicability: fix.applicability.as_str(),
        edits: fix.edits.iter().map(edit).collect(),
    }
}

fn unresolved<'a>(report: &LintReport, one: &'a portcullis_finding::Unresolved) -> Unresolved<'a> {
    Unresolved {
        document: &one.document,
        hides: one.hides.as_str(),
        place: location(report, &one.place),
        message: &one.message,
    }
}

fn unread<'a>(report: &LintReport, one: &'a portcullis_finding::Unread) -> Unread<'a> {
    Unread {
        path: &one.path,
        place: one.place.as_ref().map(|place| location(report, place)),
        message: &one.message,
        hint: one.hint.as_deref(),
    }
}

fn location<'a>(report: &LintReport, place: &'a Place) -> Location<'a> {
    let lines = |Region { start, end }| Lines {
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
    };
    Location {
        path: &place.path,
        start: place.span.start,
        end: place.span.end,
        lines: report.region(place).map(lines),
    }
}
