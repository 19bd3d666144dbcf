//! Diagnostics: flaws of policies, in the files in which people write them.

use std::sync::Arc;

use portcullis_iam::Place;
use portcullis_iam::span::{self, Position, Span};

use crate::finding::{Severity, Status};
use crate::rule::Rule;

/// One flaw of one policy, at its place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// How bad it is here.
    pub severity: Severity,
    /// Whether it is certain, rests on something that could not be read, or is accepted by whoever wrote the file.
    pub status: Status,
    /// The policy's name in its file: a resource address, or the file itself.
    pub document: Arc<str>,
    /// What is wrong.
    pub place: Place,
    /// What is wrong, as a lowercase fragment that stands alone.
    pub message: Box<str>,
    /// What is wrong in a few words, to stand under the place; may be empty.
    pub label: Box<str>,
    /// Other places that belong to it.
    pub related: Vec<Label>,
    /// Why it is so, one lowercase sentence each.
    pub notes: Vec<Box<str>>,
    /// What to do, in one lowercase sentence. The rule's page tells more.
    pub help: Option<Box<str>>,
    /// How the file can be changed so that it is gone.
    pub fix: Option<Fix>,
    /// Why whoever wrote the file accepts it, where the status says that somebody does.
    pub accepted: Option<Box<str>>,
}

/// A place, and what is to be said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What, in a few lowercase words.
    pub text: Box<str>,
}

/// A change of files that removes a flaw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a lowercase imperative: "use `BoolIfExists`".
    pub title: Box<str>,
    /// The changes, which belong together. They do not overlap.
    pub edits: Vec<Edit>,
    /// Whether it is made without being asked about.
    pub applicability: Applicability,
}

/// A replacement of a part of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; an empty span inserts.
    pub place: Place,
    /// By what.
    pub replacement: Box<str>,
}

/// Whether a fix is certainly what was meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Applicability {
    /// Provably what was meant: `--fix` makes it.
    Safe,
    /// A person must look at it first: it is only shown.
    Suggested,
}

impl Applicability {
    /// The word used in every format.
    pub fn as_str(self) -> &'static str {
        match self {
            Applicability::Safe => "safe",
            Applicability::Suggested => "suggested",
        }
    }
}

impl Diagnostic {
    /// A certain flaw with the severity of its rule, and nothing else said of it yet.
    pub fn new(rule: &'static Rule, document: &Arc<str>, place: Place, message: impl Into<Box<str>>) -> Self {
        Self {
            rule,
            severity: rule.severity,
            status: Status::Fail,
            document: Arc::clone(document),
            place,
            message: message.into(),
            label: Box::default(),
            related: Vec::new(),
            notes: Vec::new(),
            help: None,
            fix: None,
            accepted: None,
        }
    }
}

/// The first and the last position of a part of a text; the last is the one after its last character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Region {
    /// Where it begins.
    pub start: Position,
    /// Where it has ended.
    pub end: Position,
}

impl Region {
    /// The region of `span` in `text`.
    pub fn of(text: &str, span: Span) -> Self {
        Self { start: span::position(text, span.start), end: span::position(text, span.end) }
    }
}
