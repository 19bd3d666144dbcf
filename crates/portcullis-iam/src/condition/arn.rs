//! `ArnEquals`, `ArnLike` and their negations.

use super::{Test, View};
use crate::context::{Context, KeyState, Values};
use crate::pattern::{ArnMatch, ArnPattern, Pattern};
use crate::policy::Version;
use crate::truth::Truth;

/// The values of an ARN condition.
#[derive(Clone, Debug)]
pub(super) struct ArnOperands {
    patterns: Box<[ArnPattern]>,
    /// What a comparison with something that is no ARN yields. AWS documents neither: it is no match for a positive
    /// operator, and for a negated one, which a Deny may rest on, it is not known.
    no_arn: Truth,
}

impl ArnOperands {
    pub(super) fn new<'t>(test: Test, values: impl Iterator<Item = &'t str>, version: Version) -> Self {
        let no_arn = if test.is_negated() { Truth::Unknown } else { Truth::False };
        Self { patterns: values.map(|text| ArnPattern::parse(text, version)).collect(), no_arn }
    }

    /// Whether any of the condition's values matches `value`.
    pub(super) fn matches(&self, value: &str, context: &Context) -> Truth {
        let matches = |pattern: &ArnPattern| match pattern.matches(value, context) {
            ArnMatch::Known(truth) => truth,
            ArnMatch::NoArn => self.no_arn,
        };
        self.patterns.iter().map(matches).max().unwrap_or(Truth::False)
    }

    /// Whether something that is no ARN makes the truth unknown.
    pub(super) fn meets_no_arn(&self, state: &KeyState, context: &Context) -> bool {
        let values: &[Box<str>] = match state {
            KeyState::Known(Values::One(value)) => std::slice::from_ref(value),
            KeyState::Known(Values::Many(values)) => values,
            KeyState::Absent | KeyState::Unknown => &[],
        };
        let meets =
            |value: &str| self.patterns.iter().any(|own| own.matches(value, context) == ArnMatch::NoArn);
        self.no_arn == Truth::Unknown && values.iter().any(|value| meets(value))
    }

    pub(super) fn view(&self) -> View<'_> {
        View::Arns { patterns: &self.patterns, no_arn: self.no_arn }
    }

    pub(super) fn patterns(&self) -> impl Iterator<Item = &Pattern> {
        self.patterns.iter().map(ArnPattern::pattern)
    }
}
