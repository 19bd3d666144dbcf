//! The patterns of `ArnEquals`, `ArnLike` and their negations: six parts, each matched apart.

use std::borrow::Cow;

use super::{Part, Pattern, Resolved, Wildcards, glob};
use crate::context::Context;
use crate::policy::Version;
use crate::truth::Truth;

/// An ARN pattern of a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArnPattern {
    pattern: Pattern,
    /// The parts between the colons, when no variable has a say in them and they make an ARN.
    parts: Option<ArnParts<'static>>,
}

/// How an ARN pattern stands to a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArnMatch {
    /// Both are ARNs, or the pattern has a variable without a value: it matches or not.
    Known(Truth),
    /// The pattern or the value is no ARN. AWS documents no meaning for that.
    NoArn,
}

/// What an ARN pattern matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArnMeaning<'t> {
    /// The ARNs whose six parts, of which the last keeps its colons, match these.
    Parts(Cow<'t, [Vec<Part<'static>>]>),
    /// A variable has no value: nothing.
    Nothing,
    /// The pattern is no ARN.
    NoArn,
    /// A variable is unknown.
    Open {
        /// At most the ARNs that these cover.
        parts: Vec<Part<'t>>,
        /// Whether it is an ARN whatever the variable is.
        is_arn: bool,
    },
}

/// The six parts of a pattern; the last keeps its colons.
type ArnParts<'t> = Vec<Vec<Part<'t>>>;

impl ArnPattern {
    /// The pattern in `text`.
    pub fn parse(text: &str, version: Version) -> Self {
        let pattern = Pattern::parse(text, version, Wildcards::Active);
        let parts = match &pattern {
            Pattern::Fixed(parts) => six(parts).map(into_owned),
            Pattern::Varying(_) => None,
        };
        Self { pattern, parts }
    }

    /// How it stands to `value`.
    pub fn matches(&self, value: &str, context: &Context) -> ArnMatch {
        match (self.pattern.resolve(context), &self.parts) {
            (Resolved::Ready(_), Some(own)) => covers(own, value),
            (Resolved::Ready(parts), None) => six(&parts).map_or(ArnMatch::NoArn, |own| covers(&own, value)),
            (Resolved::Unset, _) => ArnMatch::Known(Truth::False),
            (Resolved::Open(_), _) if !is_arn(value) => ArnMatch::NoArn,
            (Resolved::Open(parts), _) if glob::matches(&parts, value) => ArnMatch::Known(Truth::Unknown),
            (Resolved::Open(parts), _) if is_surely_arn(&parts) => ArnMatch::Known(Truth::False),
            // Whether it is an ARN at all depends on the unknown variable.
            (Resolved::Open(_), _) => ArnMatch::NoArn,
        }
    }

    /// What it matches under `context`.
    pub fn meaning<'t>(&'t self, context: &'t Context) -> ArnMeaning<'t> {
        match (self.pattern.resolve(context), &self.parts) {
            (Resolved::Ready(_), Some(own)) => ArnMeaning::Parts(Cow::Borrowed(own)),
            (Resolved::Ready(parts), None) => {
                let own = six(&parts).map(|own| ArnMeaning::Parts(Cow::Owned(into_owned(own))));
                own.unwrap_or(ArnMeaning::NoArn)
            }
            (Resolved::Unset, _) => ArnMeaning::Nothing,
            (Resolved::Open(parts), _) => ArnMeaning::Open { is_arn: is_surely_arn(&parts), parts },
        }
    }

    /// The pattern, for its keys and parts.
    pub fn pattern(&self) -> &Pattern {
        &self.pattern
    }
}

fn covers(own: &[Vec<Part<'_>>], value: &str) -> ArnMatch {
    let mut values = value.splitn(6, ':');
    if !is_arn(value) {
        return ArnMatch::NoArn;
    }
    ArnMatch::Known(
        own.iter().all(|part| values.next().is_some_and(|value| glob::matches(part, value))).into(),
    )
}

fn is_arn(value: &str) -> bool {
    value.starts_with("arn:") && value.bytes().filter(|byte| *byte == b':').take(5).count() == 5
}

/// Whether the pattern is an ARN's, whatever the values of its variables.
fn is_surely_arn(parts: &[Part<'_>]) -> bool {
    let begins = matches!(parts.first(), Some(Part::Text(text)) if text.starts_with("arn:"));
    begins && six(parts).is_some()
}

/// The parts between the first five colons, when there are five and the first part can be `arn`.
fn six<'t>(parts: &'t [Part<'_>]) -> Option<ArnParts<'t>> {
    let mut split: ArnParts<'t> = vec![Vec::new()];
    for part in parts {
        let Part::Text(text) = part else {
            push(&mut split, part.borrow());
            continue;
        };
        let mut rest = text.as_ref();
        while let (true, Some((before, after))) = (split.len() < 6, rest.split_once(':')) {
            push(&mut split, Part::Text(before.into()));
            split.push(Vec::new());
            rest = after;
        }
        push(&mut split, Part::Text(rest.into()));
    }
    let is_arn = split.len() == 6 && split.first().is_some_and(|first| glob::matches(first, "arn"));
    is_arn.then_some(split)
}

fn push<'t>(split: &mut ArnParts<'t>, part: Part<'t>) {
    let is_empty = matches!(&part, Part::Text(text) if text.is_empty());
    if let (Some(last), false) = (split.last_mut(), is_empty) {
        last.push(part);
    }
}

fn into_owned(parts: ArnParts<'_>) -> ArnParts<'static> {
    parts.into_iter().map(|part| part.into_iter().map(Part::into_owned).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const YES: ArnMatch = ArnMatch::Known(Truth::True);
    const NO: ArnMatch = ArnMatch::Known(Truth::False);

    #[test]
    fn parts_are_matched_apart() {
        let cases = [
            ("arn:aws:iam::*:user/*", "arn:aws:iam::111111111111:user/a/b", YES),
            ("arn:*:iam::*:user/*", "arn:aws-cn:iam::111111111111:user/a", YES),
            ("arn:aws:iam::*:user/*", "arn:aws:iam::111111111111:role/user/a", NO),
            ("arn:aws:iam:*:user/*:*", "arn:aws:iam::111111111111:user/a", NO),
            ("arn:aws:sns:*:*:topic", "arn:aws:sns:us-east-1:111111111111:topic", YES),
            ("arn:aws:sns:*:topic", "arn:aws:sns:us-east-1:111111111111:topic", ArnMatch::NoArn),
            ("arn:aws:lambda:*:*:function:*", "arn:aws:lambda:r:1:function:op:7", YES),
            ("arn:aws:s3:::a*c", "arn:aws:s3:::a:b:c", YES),
            ("*", "arn:aws:s3:::a", ArnMatch::NoArn),
            ("arn:aws:s3:::a", "a", ArnMatch::NoArn),
            ("${aws:PrincipalArn}", "arn:aws:iam::111111111111:user/alice", YES),
            ("${aws:username}", "arn:aws:iam::111111111111:user/alice", NO),
            ("arn:aws:iam::*:user/${aws:userid}", "arn:aws:iam::1:user/x", ArnMatch::Known(Truth::Unknown)),
            ("arn:aws:iam::*:user/${aws:userid}", "arn:aws:iam::1:role/x", NO),
            ("arn:aws:iam${aws:userid}:user/x", "arn:aws:iam::1:role/x", ArnMatch::NoArn),
        ];
        let context = Context::default()
            .with("aws:PrincipalArn", "arn:aws:iam::111111111111:user/alice")
            .with_unknown("aws:userid");
        for (pattern, value, expected) in cases {
            let found = ArnPattern::parse(pattern, Version::V2012).matches(value, &context);
            assert_eq!(found, expected, "{pattern} over {value}");
        }
    }
}
