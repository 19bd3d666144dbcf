//! What is wrong with a policy, and where.

use std::borrow::Cow;

use crate::span::Span;

/// One thing that is wrong with a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Whether AWS refuses it.
    pub tier: Tier,
    /// The rule: kebab-case, never renamed.
    pub code: &'static str,
    /// What is wrong: in AWS's own words where AWS refuses it and the words are known.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// The token that is wrong.
    pub span: Span,
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tier {
    /// AWS refuses the policy.
    Rejected,
    /// AWS accepts the policy, but it cannot mean what was written.
    Suspicious,
}

impl Problem {
    /// Something that AWS refuses.
    pub fn rejected(code: &'static str, message: impl Into<String>, span: Span) -> Self {
        Self { tier: Tier::Rejected, code, message: message.into(), hint: None, span }
    }

    /// Something that AWS accepts but that cannot mean what was written.
    pub fn suspicious(code: &'static str, message: impl Into<String>, span: Span) -> Self {
        Self { tier: Tier::Suspicious, code, message: message.into(), hint: None, span }
    }

    /// The same problem with advice.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// The beginning of what the author wrote, for use in a message.
pub(crate) fn clip(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(MAX_QUOTED) {
        Some((end, _)) => Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}

/// The most characters of the author's text that a message repeats.
const MAX_QUOTED: usize = 100;

/// Sorts by place and keeps the first [`MAX_PROBLEMS`], so that a hostile document cannot flood its reader.
pub(crate) fn sort(problems: &mut Vec<Problem>) {
    problems.sort_by(|a, b| (a.span, a.tier, a.code).cmp(&(b.span, b.tier, b.code)));
    problems.truncate(MAX_PROBLEMS);
}

/// The most problems that are reported for one document.
pub const MAX_PROBLEMS: usize = 200;
