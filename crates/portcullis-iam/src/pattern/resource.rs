//! `Resource` and `NotResource` patterns.

use std::borrow::Cow;

use super::{Part, Pattern, Resolved, Wildcards, glob};
use crate::context::Context;
use crate::policy::Version;
use crate::truth::Truth;

/// A `Resource` pattern.
///
/// An ARN has six parts. In the first five, `*` and `?` stay inside their part, except that a `*` which ends a part
/// may run past the colon (IAM guide, Resource element); in the sixth they match any character, and a `*` that ends
/// the pattern covers the rest. `*` alone matches everything, also what is no ARN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourcePattern {
    pattern: Pattern,
    short: ShortArn,
    /// The pattern read, when no variable has a say in it.
    fixed: Option<Reading<'static>>,
}

/// What a pattern of fewer than six parts means, beside what its wildcards cover of themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShortArn {
    /// The missing parts are `*`: identity policies, boundaries, session policies.
    Filled,
    /// Nothing: resource, endpoint and organization policies.
    AsWritten,
}

/// A pattern whose variables have their values.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Reading<'t> {
    /// `*`.
    Everything,
    /// Whatever matches the one or the other.
    Parts { own: Cow<'t, [Part<'t>]>, filled: Option<Vec<Part<'t>>> },
}

/// The colons of an ARN before its resource.
const COLONS: usize = 5;

impl ResourcePattern {
    /// The pattern in `text`.
    pub fn parse(text: &str, version: Version, short: ShortArn) -> Self {
        let pattern = Pattern::parse(text, version, Wildcards::Active);
        let fixed = match &pattern {
            Pattern::Fixed(parts) => Some(Reading::new(Cow::Owned(parts.to_vec()), short)),
            Pattern::Varying(_) => None,
        };
        Self { pattern, short, fixed }
    }

    /// Whether it is `*`, which matches every resource.
    pub fn is_everything(&self) -> bool {
        self.fixed == Some(Reading::Everything)
    }

    /// Whether it matches `resource`, an ARN or `*`.
    pub fn matches(&self, resource: &str, context: &Context) -> Truth {
        if let Some(reading) = &self.fixed {
            return reading.covers(resource).into();
        }
        match self.pattern.resolve(context) {
            Resolved::Ready(parts) => Reading::new(parts, self.short).covers(resource).into(),
            Resolved::Unset => Truth::False,
            Resolved::Open(parts) => {
                if glob::matches(&self.open(parts), resource) {
                    Truth::Unknown
                } else {
                    Truth::False
                }
            }
        }
    }

    /// What it matches under `context`.
    pub fn meaning(&self, context: &Context) -> ResourceMeaning {
        if let Some(reading) = &self.fixed {
            return reading.meaning();
        }
        match self.pattern.resolve(context) {
            Resolved::Ready(parts) => Reading::new(parts, self.short).meaning(),
            Resolved::Unset => ResourceMeaning::Nothing,
            Resolved::Open(parts) => ResourceMeaning::Open(free(&self.open(parts))),
        }
    }

    /// What it matches at most, when a variable is unknown.
    fn open<'t>(&self, mut parts: Vec<Part<'t>>) -> Vec<Part<'t>> {
        if self.short == ShortArn::Filled && colons(&parts) < COLONS {
            parts.push(Part::Run);
        }
        parts
    }

    /// The pattern, for its keys and parts.
    pub fn pattern(&self) -> &Pattern {
        &self.pattern
    }
}

impl<'t> Reading<'t> {
    fn new(own: Cow<'t, [Part<'t>]>, short: ShortArn) -> Self {
        if !own.is_empty() && own.iter().all(|part| matches!(part, Part::Run)) {
            return Self::Everything;
        }
        let fill = short == ShortArn::Filled && !own.is_empty() && colons(&own) < COLONS;
        let filled = fill.then(|| filled(&own));
        Self::Parts { own, filled }
    }

    fn meaning(&self) -> ResourceMeaning {
        match self {
            Self::Everything => ResourceMeaning::Everything,
            Self::Parts { own, filled } => {
                let lists = std::iter::once(own.as_ref()).chain(filled.as_deref());
                ResourceMeaning::AnyOf(lists.map(|parts| tokens(parts).collect()).collect())
            }
        }
    }

    fn covers(&self, resource: &str) -> bool {
        match self {
            Self::Everything => true,
            Self::Parts { own, filled } => {
                covers(own, resource) || filled.as_ref().is_some_and(|filled| covers(filled, resource))
            }
        }
    }
}

/// The quick match lets every wildcard cross colons; only what passes it needs the exact one.
fn covers(parts: &[Part<'_>], resource: &str) -> bool {
    glob::matches(parts, resource)
        && (!tokens(parts).any(Token::is_bound) || walk(&tokens(parts).collect::<Vec<_>>(), resource))
}

/// The parts with `*` for what is missing of an ARN.
fn filled<'t>(parts: &[Part<'t>]) -> Vec<Part<'t>> {
    let missing = COLONS - colons(parts).min(COLONS);
    let tail = [Part::Text(Cow::Borrowed(":")), Part::Run];
    parts.iter().cloned().chain(std::iter::repeat_n(tail, missing).flatten()).collect()
}

fn colons(parts: &[Part<'_>]) -> usize {
    parts.iter().map(|part| literal(part).matches(':').count()).sum()
}

fn literal<'p>(part: &'p Part<'_>) -> &'p str {
    match part {
        Part::Text(text) => text,
        Part::One | Part::Run => "",
    }
}

/// What a resource pattern matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResourceMeaning {
    /// Every resource.
    Everything,
    /// A variable has no value: nothing.
    Nothing,
    /// Whatever one of these covers.
    AnyOf(Vec<Vec<Token>>),
    /// A variable is unknown: at most what this covers.
    Open(Vec<Token>),
}

/// One character or wildcard of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// Exactly this character.
    Char(char),
    /// Any one character.
    One(Reach),
    /// Any run of characters, also none.
    Run(Reach),
}

impl Token {
    /// Whether it is a wildcard that stays inside its part.
    fn is_bound(self) -> bool {
        match self {
            Self::Char(_) => false,
            Self::One(reach) | Self::Run(reach) => reach == Reach::Part,
        }
    }
}

/// How far a wildcard goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Inside its part: not over a colon.
    Part,
    /// Anywhere.
    Anywhere,
}

/// The parts as single tokens, each wildcard with its reach.
fn tokens<'p>(parts: &'p [Part<'_>]) -> impl Iterator<Item = Token> + 'p {
    let mut seen = 0;
    parts.iter().enumerate().flat_map(move |(index, part)| {
        let reach = |bounded: bool| if bounded { Reach::Part } else { Reach::Anywhere };
        let wildcard = match part {
            Part::Text(_) => None,
            Part::One => Some(Token::One(reach(seen < COLONS))),
            Part::Run => Some(Token::Run(reach(seen < COLONS && !ends_a_part(parts, index)))),
        };
        let text = literal(part);
        seen += text.matches(':').count();
        wildcard.into_iter().chain(text.chars().map(Token::Char))
    })
}

/// The parts as single tokens of which every wildcard goes anywhere.
fn free(parts: &[Part<'_>]) -> Vec<Token> {
    let token = |token: Token| match token {
        Token::Char(_) => token,
        Token::One(_) => Token::One(Reach::Anywhere),
        Token::Run(_) => Token::Run(Reach::Anywhere),
    };
    tokens(parts).map(token).collect()
}

/// Whether only further `*` lie between the wildcard at `index` and the next colon or the end.
fn ends_a_part(parts: &[Part<'_>], index: usize) -> bool {
    let next = parts.iter().skip(index + 1).find(|part| !matches!(part, Part::Run));
    match next {
        None => true,
        Some(Part::Text(text)) => text.starts_with(':'),
        Some(Part::One | Part::Run) => false,
    }
}

/// Follows every way through `tokens` at once: at most their number times the length of `text` steps.
fn walk(tokens: &[Token], text: &str) -> bool {
    let mut at = vec![false; tokens.len() + 1];
    if let Some(start) = at.first_mut() {
        *start = true;
    }
    skip_runs(tokens, &mut at);
    for character in text.chars() {
        let mut next = vec![false; tokens.len() + 1];
        for (index, token) in tokens.iter().enumerate() {
            if at.get(index) != Some(&true) {
                continue;
            }
            let target = match token {
                Token::Char(own) if *own == character => index + 1,
                Token::One(reach) if reach.crosses(character) => index + 1,
                Token::Run(reach) if reach.crosses(character) => index,
                Token::Char(_) | Token::One(_) | Token::Run(_) => continue,
            };
            if let Some(slot) = next.get_mut(target) {
                *slot = true;
            }
        }
        skip_runs(tokens, &mut next);
        at = next;
    }
    at.last() == Some(&true)
}

/// A run may also match nothing.
fn skip_runs(tokens: &[Token], at: &mut [bool]) {
    for (index, token) in tokens.iter().enumerate() {
        if matches!(token, Token::Run(_))
            && at.get(index) == Some(&true)
            && let Some(slot) = at.get_mut(index + 1)
        {
            *slot = true;
        }
    }
}

impl Reach {
    fn crosses(self, character: char) -> bool {
        self == Reach::Anywhere || character != ':'
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, resource: &str, expected: Truth) {
        check_short(pattern, resource, ShortArn::Filled, expected);
    }

    fn check_short(pattern: &str, resource: &str, short: ShortArn, expected: Truth) {
        let context = Context::default().with("aws:username", "a*e").with_unknown("aws:userid");
        let pattern_value = ResourcePattern::parse(pattern, Version::V2012, short);
        assert_eq!(
            pattern_value.matches(resource, &context),
            expected,
            "{pattern} over {resource} ({short:?})"
        );
    }

    #[test]
    fn wildcards_stay_inside_the_first_five_parts_unless_they_end_one() {
        let user = "arn:aws:iam::111111111111:user/path/alice";
        check("*", user, Truth::True);
        check("*", "*", Truth::True);
        check("arn:aws:iam::*:user/*", user, Truth::True);
        check("arn:aws:iam::1*1:user/*", user, Truth::True);
        check("arn:aws:iam::*1:user/*", user, Truth::True);
        check("arn:aws:i*m::111111111111:user/*", user, Truth::True);
        check("arn:aws:i*1:user/*", "arn:aws:iam::111111111111:user/x", Truth::False);
        check("arn:aws:iam::11111111111?:user/*", user, Truth::True);
        check("arn:aws:iam:?111111111111:user/*:*", "arn:aws:iam::111111111111:user/x", Truth::False);
        check("arn:aws:iam:*:user/*:*", "arn:aws:iam::111111111111:user/x:y", Truth::True);
        check("arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket/a:b/c", Truth::True);
        check("arn:aws:s3:::b?cket/a?b", "arn:aws:s3:::bucket/a:b", Truth::True);
        check(
            "arn:aws:lambda:*:function:op",
            "arn:aws:lambda:us-east-1:111111111111:function:op",
            Truth::True,
        );
        check("arn:aws:s3:::bucket", "*", Truth::False);
        check("arn:aws:s3:::Bucket", "arn:aws:s3:::bucket", Truth::False);
    }

    #[test]
    fn short_patterns_depend_on_the_kind_of_policy() {
        let bucket = "arn:aws:s3:::bucket";
        check_short("arn:aws:s3", bucket, ShortArn::Filled, Truth::True);
        check_short("arn:aws:s3", bucket, ShortArn::AsWritten, Truth::False);
        check_short("arn:aws:s3*", bucket, ShortArn::AsWritten, Truth::True);
        check_short("arn:aws:s3:::*", bucket, ShortArn::AsWritten, Truth::True);
        check_short("arn:aws:s3*:bucket", bucket, ShortArn::AsWritten, Truth::True);
        check_short("*:::bucket", bucket, ShortArn::AsWritten, Truth::True);
        check_short("arn:aws:?3:bucket", bucket, ShortArn::AsWritten, Truth::False);
        check_short("arn:aws:iam", bucket, ShortArn::Filled, Truth::False);
        check_short("bucket", bucket, ShortArn::Filled, Truth::False);
        check_short("", bucket, ShortArn::Filled, Truth::False);
    }

    #[test]
    fn variables_are_literal_unset_or_unknown() {
        check("arn:aws:iam::*:user/${aws:username}", "arn:aws:iam::1:user/a*e", Truth::True);
        check("arn:aws:iam::*:user/${aws:username}", "arn:aws:iam::1:user/alice", Truth::False);
        check("arn:aws:iam::*:user/${aws:PrincipalTag/none}", "arn:aws:iam::1:user/alice", Truth::False);
        check("arn:aws:iam::*:user/${aws:userid}", "arn:aws:iam::1:user/alice", Truth::Unknown);
        check("arn:aws:iam::*:user/${aws:userid}", "arn:aws:iam::1:role/alice", Truth::False);
        check("arn:aws:iam::*:user/${aws:PrincipalTag/none, 'x'}", "arn:aws:iam::1:user/x", Truth::True);
    }
}
