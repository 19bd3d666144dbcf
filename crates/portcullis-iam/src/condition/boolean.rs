//! `Bool`.

use crate::context::Context;
use crate::pattern::{Part, Pattern, Resolved, Wildcards};
use crate::policy::Version;
use crate::truth::Truth;

/// The values of a `Bool` condition. Variables may stand in them.
#[derive(Clone, Debug)]
pub(super) struct BoolOperands(Box<[Pattern]>);

impl BoolOperands {
    pub(super) fn new<'t>(values: impl Iterator<Item = &'t str>, version: Version) -> Self {
        Self(values.map(|text| Pattern::parse(text, version, Wildcards::Literal)).collect())
    }

    /// Whether `value` is the same truth value as any of the condition's; what is no truth value never matches.
    pub(super) fn matches(&self, value: &str, context: &Context) -> Truth {
        let Some(value) = parse(value) else { return Truth::False };
        let matches = |pattern: &Pattern| match pattern.resolve(context) {
            Resolved::Ready(parts) => (parse(&written(&parts)) == Some(value)).into(),
            Resolved::Unset => Truth::False,
            Resolved::Open(_) => Truth::Unknown,
        };
        self.0.iter().map(matches).max().unwrap_or(Truth::False)
    }

    pub(super) fn patterns(&self) -> impl Iterator<Item = &Pattern> {
        self.0.iter()
    }
}

/// `true` and `false` in any case.
pub(super) fn parse(text: &str) -> Option<bool> {
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else if text.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}

fn written(parts: &[Part<'_>]) -> String {
    parts.iter().map(|part| if let Part::Text(text) = part { text.as_ref() } else { "" }).collect()
}
