//! `Bool`.

use super::View;
use crate::context::Context;
use crate::pattern::{Part, Pattern, Resolved, Wildcards};
use crate::policy::Version;
use crate::truth::Truth;

/// The values of a `Bool` condition. Variables may stand in them.
#[derive(Clone, Debug)]
pub(super) struct BoolOperands {
    holds_true: bool,
    holds_false: bool,
    varying: Box<[Pattern]>,
}

impl BoolOperands {
    pub(super) fn new<'t>(values: impl Iterator<Item = &'t str>, version: Version) -> Self {
        let mut operands = Self { holds_true: false, holds_false: false, varying: Box::default() };
        let mut varying = Vec::new();
        for value in values {
            match (parse(value), Pattern::parse(value, version, Wildcards::Literal)) {
                (Some(true), _) => operands.holds_true = true,
                (Some(false), _) => operands.holds_false = true,
                (None, pattern @ Pattern::Varying(_)) => varying.push(pattern),
                (None, Pattern::Fixed(_)) => {}
            }
        }
        operands.varying = varying.into();
        operands
    }

    /// Whether `value` is the same truth value as any of the condition's; what is no truth value never matches.
    pub(super) fn matches(&self, value: &str, context: &Context) -> Truth {
        let Some(value) = parse(value) else { return Truth::False };
        let listed = if value { self.holds_true } else { self.holds_false };
        if listed {
            return Truth::True;
        }
        let matches = |pattern: &Pattern| match pattern.resolve(context) {
            Resolved::Ready(parts) => (parse(&written(&parts)) == Some(value)).into(),
            Resolved::Unset => Truth::False,
            Resolved::Open(_) => Truth::Unknown,
        };
        self.varying.iter().map(matches).max().unwrap_or(Truth::False)
    }

    pub(super) fn view(&self) -> View<'_> {
        View::Booleans { holds_true: self.holds_true, holds_false: self.holds_false, varying: &self.varying }
    }

    pub(super) fn patterns(&self) -> impl Iterator<Item = &Pattern> {
        self.varying.iter()
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
