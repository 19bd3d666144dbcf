//! Making fixes: edits of texts, as many at a time as do not get into each other's way.

use std::collections::BTreeMap;
use std::sync::Arc;

use portcullis_iam::Span;

use crate::diagnostic::{Applicability, Diagnostic, Edit};
use crate::finding::Status;

/// The safe fixes that can be made together, in the order of the diagnostics. What overlaps waits for the next pass:
/// by then the text says whether it is still wanted.
pub fn together(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut taken: BTreeMap<&Arc<str>, Vec<Span>> = BTreeMap::new();
    let mut chosen = Vec::new();
    for diagnostic in diagnostics.iter().filter(|diagnostic| diagnostic.status == Status::Fail) {
        let Some(fix) = &diagnostic.fix else { continue };
        let is_safe = match fix.applicability {
            Applicability::Safe => true,
            Applicability::Suggested => false,
        };
        let is_free = |edit: &Edit| {
            taken
                .get(&edit.place.path)
                .is_none_or(|spans| spans.iter().all(|span| !touch(*span, edit.place.span)))
        };
        if is_safe && !fix.edits.is_empty() && fix.edits.iter().all(is_free) {
            chosen.push(diagnostic);
            for edit in &fix.edits {
                taken.entry(&edit.place.path).or_default().push(edit.place.span);
            }
        }
    }
    chosen
}

/// The text of the file at `path` after the fixes of `diagnostics`; none when an edit does not fit the text.
pub fn applied(path: &str, text: &str, diagnostics: &[&Diagnostic]) -> Option<String> {
    let fixes = diagnostics.iter().filter_map(|diagnostic| diagnostic.fix.as_ref());
    let mut edits: Vec<&Edit> =
        fixes.flat_map(|fix| &fix.edits).filter(|edit| *edit.place.path == *path).collect();
    edits.sort_by_key(|edit| edit.place.span);
    let mut changed = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        let span = edit.place.span;
        changed.push_str(text.get(at..span.start as usize)?);
        changed.push_str(&edit.replacement);
        at = span.end as usize;
    }
    changed.push_str(text.get(at..)?);
    Some(changed)
}

/// Whether two spans overlap or stand side by side: neither may be changed without a look at the other.
fn touch(one: Span, other: Span) -> bool {
    one.start <= other.end && other.start <= one.end
}

#[cfg(test)]
mod tests {
    use portcullis_iam::Place;

    use super::*;
    use crate::diagnostic::Fix;
    use crate::finding::Severity;
    use crate::rule::Rule;

    static RULE: Rule = Rule { id: "door-open", severity: Severity::High, compliance: &[], page: "# Door\n" };

    fn flaw(edits: &[(u32, u32, &str)], applicability: Applicability) -> Diagnostic {
        let path: Arc<str> = "doors".into();
        let place = |start, end| Place::new(&path, Span::new(start, end));
        let edits = edits
            .iter()
            .map(|(start, end, text)| Edit { place: place(*start, *end), replacement: (*text).into() });
        let fix = Fix { title: "close it".into(), edits: edits.collect(), applicability };
        Diagnostic { fix: Some(fix), ..Diagnostic::new(&RULE, &path, place(0, 1), "the door is open") }
    }

    #[test]
    fn edits_that_touch_wait_and_suggestions_are_not_made() {
        let text = "open open open";
        let flaws = [
            flaw(&[(0, 4, "shut"), (10, 14, "shut")], Applicability::Safe),
            flaw(&[(5, 9, "gone")], Applicability::Suggested),
            flaw(&[(4, 5, "")], Applicability::Safe),
            flaw(&[(5, 5, "half-")], Applicability::Safe),
        ];
        let chosen = together(&flaws);
        assert_eq!(chosen.len(), 2);
        assert_eq!(applied("doors", text, &chosen).as_deref(), Some("shut half-open shut"));
        assert_eq!(applied("windows", text, &chosen).as_deref(), Some(text));
        assert_eq!(applied("doors", "short", &chosen), None);
    }
}
