//! Patterns that are meant to be the calling user's own ARN.

use portcullis_iam::pattern::{ResourcePattern, ShortArn};
use portcullis_iam::policy::Clause;
use portcullis_iam::{Context, Effect, Spanned, Truth, Version};

use super::scene::Home;
use super::subject::Subject;

/// A resource pattern that matches the user `alice`, and not every user.
pub(crate) struct Own<'d> {
    pub(crate) effect: Effect,
    pub(crate) clause: &'d Clause,
    pub(crate) pattern: &'d Spanned<Box<str>>,
    /// The policy's text.
    pub(crate) text: &'d str,
    version: Version,
    home: Home<'d>,
}

/// The patterns of the document that name the calling user by a variable.
pub(crate) fn patterns<'d>(subject: &Subject<'d>) -> impl Iterator<Item = Own<'d>> {
    let policy = subject.policy;
    policy.statements.iter().flat_map(move |statement| {
        let clauses = statement.resource.iter();
        clauses.flat_map(move |clause| {
            let own = clause.patterns.iter().filter(|pattern| pattern.value.contains("${"));
            own.map(move |pattern| Own {
                effect: statement.effect,
                clause,
                pattern,
                text: &policy.text,
                version: policy.version,
                home: Home::of(policy),
            })
        })
    })
}

impl Own<'_> {
    /// Whether the pattern matches `resource` of IAM, the caller being `alice`.
    pub(crate) fn matches(&self, resource: &str) -> bool {
        let context = Context::default().with("aws:username", "alice");
        let pattern = ResourcePattern::parse(&self.pattern.value, self.version, ShortArn::Filled);
        self.home.arn(resource).is_some_and(|arn| pattern.matches(arn.as_str(), &context) == Truth::True)
    }

    /// Whether the only wildcard of the resource is the one before the name.
    pub(crate) fn single_star(&self) -> bool {
        let name = self.pattern.value.split_once(":user/*").map(|(_, name)| name);
        name.is_some_and(|name| name.eq_ignore_ascii_case("${aws:username}"))
    }
}
