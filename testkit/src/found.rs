//! What must hold of everything that is found in files, whatever the files are.

use portcullis_iam::{Policy, Span};
use portcullis_source::{Document, Found, Place, UNKNOWN_KEY};

/// What is wrong with what was found in the files, which are given as path and text; none when nothing is.
pub fn complaint<P: AsRef<str>, T: AsRef<str>>(files: &[(P, T)], found: &[Found]) -> Option<String> {
    if found.len() != files.len() {
        return Some(format!("{} answers for {} files", found.len(), files.len()));
    }
    let checker = Checker { text: &|path| text(files, path) };
    found.iter().find_map(|found| checker.found(found))
}

fn text<'f, P: AsRef<str>, T: AsRef<str>>(files: &'f [(P, T)], path: &str) -> Option<&'f str> {
    files.iter().find(|(known, _)| known.as_ref() == path).map(|(_, text)| text.as_ref())
}

struct Checker<'c, 'f> {
    text: &'c dyn Fn(&str) -> Option<&'f str>,
}

impl Checker<'_, '_> {
    fn found(&self, found: &Found) -> Option<String> {
        let places = found.faults.iter().map(|fault| &fault.place);
        let mut places = places.chain(found.notes.iter().map(|note| &note.place));
        let stray = places.find(|place| self.at(place).is_none());
        let stray = stray.map(|place| format!("{}: the place {place:?} is not in the file", found.path));
        stray.or_else(|| found.documents.iter().find_map(|document| self.document(document)))
    }

    fn document(&self, document: &Document) -> Option<String> {
        let complaint = |what: String| Some(format!("{}: {what} in {}", document.name, document.text));
        let spans = document.parsed.policy.as_ref().map(spans).unwrap_or_default();
        let problems = document.parsed.problems.iter().map(|problem| problem.span);
        for span in spans.iter().copied().chain(problems) {
            if let Some(what) = self.span(document, span) {
                return complaint(what);
            }
        }
        if document.parsed.policy.as_ref().is_some_and(|policy| policy.text != document.text) {
            return complaint("the policy has another text".into());
        }
        for place in document
            .gaps
            .iter()
            .map(|gap| &gap.place)
            .chain(document.placeholders.iter().map(|held| &held.place))
        {
            if self.at(place).is_none() {
                return complaint(format!("{place:?} is not in the file"));
            }
        }
        let missing =
            document.placeholders.iter().find(|held| !document.text.contains(&format!("${{{}}}", held.key)));
        if let Some(held) = missing {
            return complaint(format!("{} stands nowhere", held.key));
        }
        let named = document.placeholders.iter().all(|held| held.key.starts_with(UNKNOWN_KEY));
        if named { None } else { complaint("a placeholder has another name".into()) }
    }

    /// A part of the document stands somewhere, and what is said to be the same is.
    fn span(&self, document: &Document, span: Span) -> Option<String> {
        let Some(written) = self.at(&document.place(span)) else {
            return Some(format!(
                "{span:?} has the place {:?}, which is not in the file",
                document.place(span)
            ));
        };
        let own = span.of(&document.text);
        if written.is_empty() && !own.is_empty() && own != "\"\"" {
            return Some(format!("{own} has an empty place"));
        }
        let is_string = 2 <= own.len() && own.starts_with('"') && own.ends_with('"');
        let inside = Span::new(span.start + 1, span.end.saturating_sub(1).max(span.start + 1));
        for part in [span, if is_string { inside } else { span }] {
            if let Some(place) = document.places.verbatim(part)
                && self.at(&place) != Some(part.of(&document.text))
            {
                return Some(format!("{} is not the same as {:?}", part.of(&document.text), self.at(&place)));
            }
        }
        None
    }

    /// What stands at a place.
    fn at(&self, place: &Place) -> Option<&str> {
        (self.text)(&place.path)?.get(place.span.start as usize..place.span.end as usize)
    }
}

/// The spans of the statements of a policy and of their parts.
fn spans(policy: &Policy) -> Vec<Span> {
    let mut spans = Vec::new();
    for statement in &policy.statements {
        spans.extend([statement.span, Span::new(statement.span.start, statement.span.start + 1)]);
        spans.extend(statement.sid.iter().map(|sid| sid.span));
        for clause in statement.resource.iter().chain([&statement.action]) {
            spans.push(clause.span);
            spans.extend(clause.patterns.iter().map(|pattern| pattern.span));
        }
        if let Some(clause) = &statement.principal {
            spans.push(clause.span);
            spans.extend(clause.entries.iter().map(|entry| entry.span));
        }
        for condition in &statement.conditions {
            spans.extend([condition.operator.span, condition.key_span]);
            spans.extend(condition.values.iter().map(|value| value.span));
        }
    }
    spans
}
