//! One policy document.

use std::sync::Arc;

use portcullis_iam::parse::Parsed;
use portcullis_iam::{Effect, PolicyKind, Span, validate};

use crate::place::Place;
use crate::places::Places;

/// A policy document that stands in a file, or that a file makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// What the file calls it: `aws_iam_policy.force_mfa`, `ForceMfa`, `alice/ForceMfa`, or the name of the file.
    pub name: Arc<str>,
    /// What kind of policy it is.
    pub kind: PolicyKind,
    /// How the kind is known.
    pub basis: Basis,
    /// Whom it is attached to, as far as the files tell.
    pub attachment: Attachment,
    /// The policy as JSON: as it stands in the file where it does, else made of what the file says.
    pub text: Arc<str>,
    /// The policy of `text` and everything that is wrong with it, as [`validate::document`] finds it. What only a
    /// placeholder makes wrong is left out.
    pub parsed: Parsed,
    /// Where the parts of `text` stand in the files.
    pub places: Places,
    /// Statements, or parts of them, that could not be resolved: whatever is decided with the policy, there is more.
    pub gaps: Vec<Gap>,
    /// What the policy variables named [`crate::UNKNOWN_KEY`] stand for.
    pub placeholders: Vec<Placeholder>,
}

/// How the kind of a policy is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Basis {
    /// The file says what the policy is for.
    Declared,
    /// Only the content speaks for it.
    Guessed,
}

/// Whom a policy is attached to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attachment {
    /// To these users, groups, roles, accounts, resources, by the names that the files give them.
    Attached(Vec<Box<str>>),
    /// The files define it, and nothing in them uses it.
    Nobody,
    /// The files do not tell.
    Unknown,
}

/// A part of a policy that is missing in its text, because the file leaves it open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// What is unknown: a lowercase fragment.
    pub what: String,
    /// The effect of the statement that it belongs to; none when that is unknown too.
    pub effect: Option<Effect>,
    /// Where.
    pub place: Place,
}

/// A value that the file leaves open. In the policy's text the variable `${portcullis:unknown/N}` stands for it: for
/// an evaluator this is a key of which nothing is known. It is one text, the same in every request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// The key of the variable: [`crate::UNKNOWN_KEY`] and a number.
    pub key: String,
    /// What it stands for, as the file calls it: `var.bucket`, `AWS::AccountId`.
    pub what: String,
    /// The element in which it stands.
    pub element: Element,
    /// Where.
    pub place: Place,
}

/// An element in which a placeholder may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Element {
    /// `Resource` or `NotResource`.
    Resource,
    /// A value of a condition.
    Condition,
    /// A principal. AWS knows no variables there, so that the statement names somebody who does not exist instead of
    /// whom it will name; a [`Gap`] says so too.
    Principal,
}

impl Document {
    /// The document whose text stands in the file, or in a string of it, as it is.
    pub(crate) fn written(heading: Heading, text: &str, places: Places) -> Self {
        let Heading { name, kind, basis, attachment } = heading;
        let parsed = validate::document(text, kind);
        let text = parsed.policy.as_ref().map_or_else(|| Arc::from(text), |policy| Arc::clone(&policy.text));
        let (gaps, placeholders) = Default::default();
        Self { name, kind, basis, attachment, text, parsed, places, gaps, placeholders }
    }

    /// The same document as a policy of `kind`, because somebody says that it is one.
    pub fn declare(&mut self, kind: PolicyKind) {
        self.basis = Basis::Declared;
        if self.kind != kind {
            self.kind = kind;
            self.parsed = validate::document(&self.text, kind);
        }
    }

    /// Where `span` of [`Document::text`] stands.
    pub fn place(&self, span: Span) -> Place {
        self.places.place(span)
    }
}

/// What is known of a document besides its text.
#[derive(Clone, Debug)]
pub(crate) struct Heading {
    pub(crate) name: Arc<str>,
    pub(crate) kind: PolicyKind,
    pub(crate) basis: Basis,
    pub(crate) attachment: Attachment,
}
