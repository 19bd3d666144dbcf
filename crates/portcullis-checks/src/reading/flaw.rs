//! What a rule says of one document.

use portcullis_finding::{Rule, Severity};
use portcullis_iam::Span;

use super::subject::Subject;

/// A rule of lint.
pub struct LintRule {
    /// What it finds, and why it matters.
    pub rule: Rule,
    /// Looks at one document.
    pub(crate) look: fn(&Subject<'_>) -> Vec<Flaw>,
}

impl LintRule {
    /// A rule with its page, which stands beside it.
    pub(crate) const fn new(
        id: &'static str,
        severity: Severity,
        page: &'static str,
        look: fn(&Subject<'_>) -> Vec<Flaw>,
    ) -> Self {
        Self { rule: Rule { id, severity, compliance: &[], page }, look }
    }
}

/// A flaw of a document; its places are in the policy's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Flaw {
    pub(crate) span: Span,
    pub(crate) message: String,
    /// Where it is not that of the rule.
    pub(crate) severity: Option<Severity>,
    pub(crate) label: String,
    pub(crate) related: Vec<(Span, String)>,
    pub(crate) notes: Vec<String>,
    pub(crate) help: Option<String>,
    pub(crate) change: Option<Change>,
}

/// A change of the policy's text that removes a flaw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) title: String,
    /// Parts of the text and what replaces them.
    pub(crate) edits: Vec<(Span, String)>,
    pub(crate) meant: Meant,
}

/// What the author certainly meant, if the change turns out to keep everything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meant {
    /// The change as a whole.
    Certainly,
    /// The change for the calling user itself: what it takes from it of others was never meant.
    ForOwnUser,
    /// There is more than one way to mean it.
    Unsure,
}

impl Flaw {
    /// A flaw with the severity of its rule.
    pub(crate) fn new(span: Span, message: impl Into<String>) -> Self {
        let (severity, label, related, notes, help, change) = Default::default();
        Self { span, message: message.into(), severity, label, related, notes, help, change }
    }

    /// The same with another severity.
    pub(crate) fn severity(self, severity: Severity) -> Self {
        Self { severity: Some(severity), ..self }
    }

    /// The same with a few words for under its place.
    pub(crate) fn label(self, label: impl Into<String>) -> Self {
        Self { label: label.into(), ..self }
    }

    /// The same with another place that belongs to it.
    pub(crate) fn related(mut self, span: Span, text: impl Into<String>) -> Self {
        self.related.push((span, text.into()));
        self
    }

    /// The same with a sentence why it is so.
    pub(crate) fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// The same with what to do.
    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// The same with a change that removes it, when there is one.
    pub(crate) fn change(
        self,
        meant: Meant,
        title: impl Into<String>,
        edits: Option<Vec<(Span, String)>>,
    ) -> Self {
        Self { change: edits.map(|edits| Change { title: title.into(), edits, meant }), ..self }
    }
}
