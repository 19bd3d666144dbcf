//! `StringEquals`, `StringEqualsIgnoreCase`, `StringLike` and their negations.

use std::borrow::Cow;

use super::{Test, View};
use crate::context::Context;
use crate::pattern::{self, Part, Pattern, Resolved, Wildcards};
use crate::policy::Version;
use crate::truth::Truth;

/// The values of a string condition.
#[derive(Clone, Debug)]
pub(super) struct TextOperands {
    patterns: Box<[Pattern]>,
    case: Case,
}

/// How the letters of two texts compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// As written.
    Sensitive,
    /// Each character in lower case, nothing folded beyond that: `ß` is not `ss`.
    Ignored,
}

impl TextOperands {
    pub(super) fn new<'t>(test: Test, values: impl Iterator<Item = &'t str>, version: Version) -> Self {
        let wildcards = match test {
            Test::StringLike | Test::StringNotLike => Wildcards::Active,
            _ => Wildcards::Literal,
        };
        let case = match test {
            Test::StringEqualsIgnoreCase | Test::StringNotEqualsIgnoreCase => Case::Ignored,
            _ => Case::Sensitive,
        };
        let parse = |text| match case {
            Case::Sensitive => Pattern::parse(text, version, wildcards),
            Case::Ignored => Pattern::parse(&lower(text), version, wildcards),
        };
        Self { patterns: values.map(parse).collect(), case }
    }

    /// Whether any of the condition's values matches `value`.
    pub(super) fn matches(&self, value: &str, context: &Context) -> Truth {
        let value = match self.case {
            Case::Sensitive => Cow::Borrowed(value),
            Case::Ignored => Cow::Owned(lower(value)),
        };
        let matches = |pattern: &Pattern| match pattern.resolve(context) {
            Resolved::Ready(parts) => self.covers(&parts, &value).into(),
            Resolved::Unset => Truth::False,
            Resolved::Open(parts) if self.covers(&parts, &value) => Truth::Unknown,
            Resolved::Open(_) => Truth::False,
        };
        self.patterns.iter().map(matches).max().unwrap_or(Truth::False)
    }

    pub(super) fn view(&self) -> View<'_> {
        View::Text { patterns: &self.patterns, case: self.case }
    }

    pub(super) fn patterns(&self) -> impl Iterator<Item = &Pattern> {
        self.patterns.iter()
    }

    fn covers(&self, parts: &[Part<'_>], value: &str) -> bool {
        match self.case {
            Case::Sensitive => pattern::matches(parts, value),
            Case::Ignored => {
                let parts: Vec<Part<'_>> = parts.iter().map(lower_part).collect();
                pattern::matches(&parts, value)
            }
        }
    }
}

fn lower_part<'t>(part: &Part<'t>) -> Part<'t> {
    match part {
        Part::Text(text) => Part::Text(Cow::Owned(lower(text))),
        Part::One => Part::One,
        Part::Run => Part::Run,
    }
}

fn lower(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}
