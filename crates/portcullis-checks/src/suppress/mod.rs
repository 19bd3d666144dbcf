//! Comments in files that accept flaws: `# portcullis: ignore[rule] reason`.

mod block;
mod comment;

use std::sync::Arc;

use portcullis_finding::{Diagnostic, Rule, Severity, Status};
use portcullis_iam::{Place, Span, suggest};
use portcullis_source::Format;

use comment::{Comment, Language};

/// The rules about these comments.
pub static RULES: [&Rule; 2] = [&WITHOUT_REASON, &WITHOUT_EFFECT];

/// A comment that says no reason, and therefore accepts nothing.
static WITHOUT_REASON: Rule = Rule {
    id: "ignore-without-reason",
    severity: Severity::Medium,
    compliance: &[],
    page: include_str!("ignore-without-reason.md"),
};

/// A comment that accepts nothing that is there.
static WITHOUT_EFFECT: Rule = Rule {
    id: "ignore-without-effect",
    severity: Severity::Low,
    compliance: &[],
    page: include_str!("ignore-without-effect.md"),
};

/// A file that may have comments.
pub(crate) struct Page<'f> {
    pub(crate) path: &'f Arc<str>,
    pub(crate) text: &'f str,
    pub(crate) format: Format,
}

/// The rules that there are.
pub(crate) struct Known<'k> {
    /// All of them.
    pub(crate) all: &'k [&'k str],
    /// Those that looked: a comment about another one is left alone.
    pub(crate) ran: &'k [&'k str],
}

/// Marks what the comments of a file accept among the `flaws` of that file, and tells what is wrong with the comments.
pub(crate) fn accept(page: &Page<'_>, flaws: &mut [&mut Diagnostic], known: &Known<'_>) -> Vec<Diagnostic> {
    let Some(language) = Language::of(page.format) else { return Vec::new() };
    let comments = comment::all(page.text, language);
    comments.iter().flat_map(|comment| wrong(page, comment, language, flaws, known)).collect()
}

/// Marks what one comment accepts; what is wrong with it.
fn wrong(
    page: &Page<'_>,
    comment: &Comment<'_>,
    language: Language,
    flaws: &mut [&mut Diagnostic],
    known: &Known<'_>,
) -> Vec<Diagnostic> {
    let say = |rule: &'static Rule, span, message: &str, help: String| {
        let place = Place::new(page.path, span);
        let flaw = Diagnostic::new(rule, page.path, place, message);
        known.ran.contains(&rule.id).then(|| Diagnostic { help: Some(help.into()), ..flaw })
    };
    if comment.rules.is_empty() {
        return say(&WITHOUT_EFFECT, comment.span, "the comment names no rule", FORM.into())
            .into_iter()
            .collect();
    }
    if comment.reason.is_empty() {
        let message = "the comment says no reason, and accepts nothing";
        return say(&WITHOUT_REASON, comment.span, message, FORM.into()).into_iter().collect();
    }
    let covered = block::covered(page.text, comment, language);
    let mut wrong = Vec::new();
    for (id, span) in &comment.rules {
        let accepts = mark(flaws, id, covered, comment.reason);
        if !known.all.contains(id) {
            wrong.extend(say(
                &WITHOUT_EFFECT,
                *span,
                &format!("no rule is called `{id}`"),
                near(id, known.all),
            ));
        } else if !accepts && known.ran.contains(id) {
            let message = format!("`{id}` finds nothing here");
            wrong.extend(say(&WITHOUT_EFFECT, *span, &message, "take the rule out of the comment".into()));
        }
    }
    wrong
}

/// Marks the flaws of the rule that begin in the covered part; whether there are any.
fn mark(flaws: &mut [&mut Diagnostic], id: &str, covered: Span, reason: &str) -> bool {
    let mut any = false;
    for flaw in flaws.iter_mut().filter(|flaw| flaw.rule.id == id) {
        let start = flaw.place.span.start;
        if covered.start <= start && start < covered.end {
            flaw.status = Status::Exempt;
            flaw.accepted = Some(reason.into());
            any = true;
        }
    }
    any
}

fn near(id: &str, known: &[&str]) -> String {
    match suggest::nearest(id, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`portcullis explain` lists every rule".to_owned(),
    }
}

const FORM: &str = "write `portcullis: ignore[rule] the reason why`";
