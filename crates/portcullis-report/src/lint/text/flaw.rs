//! One flaw: its place underlined in the source, why it is one, and how it goes away.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Patch, Snippet};
use portcullis_finding::{Applicability, Diagnostic, Fix, Label, LintReport, Severity, Status};
use portcullis_iam::{Place, Span};

use crate::snippet::{help, note, range};
use crate::words::wrap;

/// The flaw, and the change that removes it where there is one, for lines of `width` columns.
pub(super) fn groups<'r>(report: &'r LintReport, flaw: &'r Diagnostic, width: usize) -> Vec<Group<'r>> {
    let columns = width.saturating_sub(GUTTER).max(MIN_COLUMNS);
    let (level, name) = level(flaw);
    let title = annotate_snippets::normalize_untrusted_str(&flaw.message);
    let title = level.with_name(Some(name)).primary_title(title).id(flaw.rule.id);
    let mut group = Group::with_title(title).elements(source(report, flaw));
    for text in &flaw.notes {
        group = group.element(note(&folded(text, columns)));
    }
    if let Some(why) = &flaw.accepted {
        group = group.element(note(&folded(&format!("accepted: {why}"), columns)));
    }
    match (&flaw.fix, &flaw.help) {
        (Some(fix), _) => vec![group, change(report, fix)],
        (None, Some(text)) => vec![group.element(help(&folded(text, columns)))],
        (None, None) => vec![group],
    }
}

fn level(flaw: &Diagnostic) -> (Level<'static>, &'static str) {
    let level = match (flaw.status, flaw.severity) {
        (Status::Fail, Severity::Critical | Severity::High) => Level::ERROR,
        (Status::Fail, Severity::Medium) | (Status::Unknown, _) => Level::WARNING,
        (Status::Fail, Severity::Low) | (Status::Exempt, _) => Level::NOTE,
    };
    match flaw.status {
        Status::Fail => (level, flaw.severity.as_str()),
        Status::Unknown => (level, "unknown"),
        Status::Exempt => (level, "accepted"),
    }
}

/// A note over several lines where it would be too long for one.
fn folded(text: &str, columns: usize) -> String {
    wrap(text, columns).join("\n")
}

/// The flawed place and what belongs to it, one snippet a file.
fn source<'r>(report: &'r LintReport, flaw: &'r Diagnostic) -> Vec<Snippet<'r, Annotation<'r>>> {
    let primary = std::iter::once((AnnotationKind::Primary, &flaw.place, &*flaw.label));
    let context = |label: &'r Label| (AnnotationKind::Context, &label.place, &*label.text);
    let marks: Vec<_> = primary.chain(flaw.related.iter().map(context)).collect();
    let mut paths: Vec<&str> = Vec::new();
    for (_, place, _) in &marks {
        if !paths.contains(&&*place.path) {
            paths.push(&place.path);
        }
    }
    paths
        .into_iter()
        .filter_map(|path| {
            let marks: Vec<_> = marks.iter().filter(|(_, place, _)| *place.path == *path).collect();
            let window = Window::of(report.text(path)?, marks.iter().map(|(_, place, _)| *place));
            let annotations = marks.into_iter().map(|(kind, place, label)| {
                let annotation = kind.span(window.range(place.span));
                if label.is_empty() { annotation } else { annotation.label(*label) }
            });
            Some(window.snippet(path).annotations(annotations))
        })
        .collect()
}

/// What the fix would change.
fn change<'r>(report: &'r LintReport, fix: &'r Fix) -> Group<'r> {
    let hint = match fix.applicability {
        Applicability::Safe => " (--fix does it)",
        Applicability::Suggested => ", if that is what was meant",
    };
    let title = annotate_snippets::normalize_untrusted_str(&format!("{}{hint}", fix.title));
    let mut group = Group::with_title(Level::HELP.secondary_title(title));
    let mut paths: Vec<&str> = fix.edits.iter().map(|edit| &*edit.place.path).collect();
    paths.dedup();
    for path in paths {
        let edits: Vec<_> = fix.edits.iter().filter(|edit| *edit.place.path == *path).collect();
        let Some(text) = report.text(path) else { continue };
        let window = Window::of(text, edits.iter().map(|edit| &edit.place));
        let patches = edits.iter().map(|edit| Patch::new(window.range(edit.place.span), &*edit.replacement));
        let patches: Vec<_> = patches.collect();
        group = group.element(window.snippet(path).patches(patches));
    }
    group
}

/// The lines of a file from the first place to the last: nothing else is laid out.
struct Window<'t> {
    text: &'t str,
    /// The offset of the first byte.
    start: usize,
    /// The number of the first line.
    line: usize,
}

impl<'t> Window<'t> {
    fn of<'p>(text: &'t str, places: impl Iterator<Item = &'p Place>) -> Self {
        let (mut start, mut end) = (text.len(), 0);
        for place in places {
            start = start.min(place.span.start as usize);
            end = end.max(place.span.end as usize);
        }
        let before = text.get(..start).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let after = text.get(end..).unwrap_or_default();
        let end = after.find('\n').map_or(text.len(), |newline| end + newline);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        Self { text: text.get(start..end).unwrap_or_default(), start, line }
    }

    /// The span as a range of the window; within it, whatever the span says.
    fn range(&self, span: Span) -> Range<usize> {
        let whole = range(span);
        let within = |at: usize| at.saturating_sub(self.start).min(self.text.len());
        within(whole.start)..within(whole.end)
    }

    fn snippet<'s, T: Clone>(&self, path: &'s str) -> Snippet<'s, T>
    where
        't: 's,
    {
        Snippet::source(self.text)
            .path(annotate_snippets::normalize_untrusted_str(path))
            .line_start(self.line)
    }
}

/// The columns that the renderer puts before a note, for files of up to 9,999 lines.
const GUTTER: usize = 14;
const MIN_COLUMNS: usize = 40;
