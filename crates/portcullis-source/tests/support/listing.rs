//! What was found, as text for people.

use portcullis_iam::span::Span;
use portcullis_iam::{PolicyKind, print};
use portcullis_source::{Attachment, Basis, Document, Found, Lines, Place};

/// Everything that was found in the files.
pub(crate) fn listing(files: &[(&str, &str)], found: &[Found]) -> String {
    let mut out = String::new();
    for found in found {
        let format = found.format.map_or("no policies", |format| format.name());
        out += &format!("{}: {format}\n", found.path);
        for fault in &found.faults {
            let hint = fault.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
            out += &format!("  fault {}: {fault}{hint}\n", place(files, &fault.place));
        }
        for note in &found.notes {
            out += &format!("  note {}: {}\n", place(files, &note.place), note.message);
        }
        found.documents.iter().for_each(|found| out += &document(files, found));
    }
    out
}

fn document(files: &[(&str, &str)], document: &Document) -> String {
    let guess = match document.basis {
        Basis::Declared => "",
        Basis::Guessed => "?",
    };
    let attachment = match &document.attachment {
        Attachment::Attached(to) => format!("attached to {}", to.join(", ")),
        Attachment::Nobody => "attached to nobody".to_owned(),
        Attachment::Unknown => "attachment unknown".to_owned(),
    };
    let mut out = format!("  {}: {}{guess}, {attachment}\n", document.name, kind(document.kind));
    match &document.parsed.policy {
        Some(policy) => {
            out += &format!("    {}\n", print::minified(policy));
            for (number, statement) in policy.statements.iter().enumerate() {
                out += &format!("    statement {number} {}\n", shown(files, document, statement.span));
            }
        }
        None => out += "    no policy\n",
    }
    for problem in &document.parsed.problems {
        let same = if document.places.verbatim(problem.span).is_some() { ", verbatim" } else { "" };
        out += &format!("    {} {}{same}\n", problem.code, shown(files, document, problem.span));
    }
    for placeholder in &document.placeholders {
        let at = place(files, &placeholder.place);
        out += &format!(
            "    unknown {} = {} in {:?} {at}\n",
            placeholder.key, placeholder.what, placeholder.element
        );
    }
    for gap in &document.gaps {
        let effect = gap.effect.map_or("any effect".to_owned(), |effect| format!("{effect:?}"));
        out += &format!("    gap {} ({effect}) {}\n", gap.what, place(files, &gap.place));
    }
    out
}

/// A place of the document, and the beginning of what stands there.
fn shown(files: &[(&str, &str)], document: &Document, span: Span) -> String {
    let found = document.place(span);
    let text = text(files, &found);
    let line = text.lines().next().unwrap_or_default();
    let start: String = line.chars().take(40).collect();
    let more = if start.len() < text.len() { "…" } else { "" };
    format!("{} `{start}{more}`", place(files, &found))
}

fn place(files: &[(&str, &str)], place: &Place) -> String {
    let whole = files.iter().find(|(path, _)| *path == &*place.path).unwrap().1;
    let (start, end) = Lines::new(whole).range(place.span);
    format!("{}:{}:{}-{}:{}", place.path, start.line, start.column, end.line, end.column)
}

fn text<'t>(files: &[(&str, &'t str)], place: &Place) -> &'t str {
    let whole = files.iter().find(|(path, _)| *path == &*place.path).unwrap().1;
    whole.get(place.span.start as usize..place.span.end as usize).expect("the place lies in the file")
}

fn kind(kind: PolicyKind) -> &'static str {
    match kind {
        PolicyKind::Identity => "identity",
        PolicyKind::Group => "group",
        PolicyKind::Boundary => "boundary",
        PolicyKind::Session => "session",
        PolicyKind::ServiceControl => "scp",
        PolicyKind::ResourceControl => "rcp",
        PolicyKind::Resource => "resource",
        PolicyKind::Trust => "trust",
        PolicyKind::Endpoint => "endpoint",
    }
}
