//! A policy set made ready to be asked for many users.

use std::collections::HashSet;

use portcullis_authz::{Answer, Compiled};
use portcullis_iam::condition::Matcher;
use portcullis_iam::pattern::{ResourcePattern, ShortArn};
use portcullis_iam::{Arn, Context, PolicySet, Request, Truth};

use super::candidates::{self, Candidates};
use super::context;
use super::door::{self, Door, Named};

/// A policy set made ready to be asked for many users.
pub(super) struct Prepared {
    compiled: Compiled,
    /// The keys that it mentions, and what is worth a try for them.
    pub(super) candidates: Candidates,
    /// The conditions whose truth differs between users.
    personal: Vec<Matcher>,
    /// The resource patterns that match one user's door and another's not, and those doors.
    questions: Vec<(ResourcePattern, Target)>,
    /// What its identity policies name.
    pub(super) named: Vec<Named>,
}

/// A door for which a pattern may match one user's request and another's not.
enum Target {
    /// The user itself.
    Own,
    /// What a policy names with the user's name in it.
    Named(usize),
    /// The same resource for everybody.
    Common(Box<str>),
}

impl Prepared {
    /// The set, for doors that are the same for everybody (`common`) and those of users whose ARNs begin with `users`.
    pub(super) fn new(policies: &PolicySet, common: &[Door], users: &str) -> Self {
        let named = door::named(policies);
        Self {
            compiled: Compiled::new(policies),
            candidates: Candidates::of(policies),
            personal: personal(policies),
            questions: questions(policies, &named, common, users),
            named,
        }
    }

    /// All policies that apply.
    pub(super) fn policies(&self) -> &PolicySet {
        self.compiled.policies()
    }

    /// The answer to one request.
    pub(super) fn decide(&self, request: &Request) -> Answer {
        self.compiled.decide(request)
    }

    /// Whether all users are answered alike.
    pub(super) fn is_impersonal(&self) -> bool {
        self.personal.is_empty() && self.questions.is_empty()
    }

    /// How everything turns out in which users differ. Users for whom it turns out alike are answered alike.
    pub(super) fn traits(&self, user: &Arn, name: &str, personal: &Context) -> Vec<Truth> {
        let conditions = self.personal.iter().map(|matcher| matcher.holds(personal));
        let patterns = self.questions.iter().map(|(pattern, target)| match target {
            Target::Own => pattern.matches(user.as_str(), personal),
            Target::Common(resource) => pattern.matches(resource, personal),
            Target::Named(at) => match self.named.get(*at) {
                Some(named) => pattern.matches(&named.resource(name), personal),
                None => Truth::Unknown,
            },
        });
        conditions.chain(patterns).collect()
    }
}

/// The conditions that test a key of the user's own, or compare with one.
fn personal(policies: &PolicySet) -> Vec<Matcher> {
    let mut matchers = Vec::new();
    for policy in candidates::documents(policies) {
        for condition in policy.statements.iter().flat_map(|statement| &statement.conditions) {
            let matcher = Matcher::new(condition, policy.version);
            if context::is_personal(matcher.key()) || matcher.variables().any(context::is_personal) {
                matchers.push(matcher);
            }
        }
    }
    matchers
}

/// The patterns and doors of which it differs between users whether one matches the other.
fn questions(
    policies: &PolicySet,
    named: &[Named],
    common: &[Door],
    users: &str,
) -> Vec<(ResourcePattern, Target)> {
    let shared = named.iter().filter(|named| !named.is_personal()).map(|named| named.resource(""));
    let common: Vec<String> = common.iter().map(|door| door.resource.to_string()).chain(shared).collect();
    let mut questions = Vec::new();
    let mut seen = HashSet::new();
    for policy in candidates::documents(policies) {
        let clauses = policy.statements.iter().filter_map(|statement| statement.resource.as_ref());
        for text in clauses.flat_map(|clause| &clause.patterns).map(|pattern| &*pattern.value) {
            if text == "*" || !seen.insert((text, policy.version)) {
                continue;
            }
            // What a short pattern lacks is filled in some kinds of policy and not in others; filled, it tells more.
            let mut ask = |target| {
                questions.push((ResourcePattern::parse(text, policy.version, ShortArn::Filled), target));
            };
            if meets(text, users) {
                ask(Target::Own);
            }
            for (at, named) in named.iter().enumerate().filter(|(_, named)| named.is_personal()) {
                if meets(text, named.constant()) {
                    ask(Target::Named(at));
                }
            }
            if text.contains("${") {
                let met = common.iter().filter(|resource| meets(text, resource));
                met.for_each(|resource| ask(Target::Common(resource.as_str().into())));
            }
        }
    }
    questions
}

/// Whether a pattern may match a resource that begins with `start`: what stands before its first wildcard agrees.
fn meets(pattern: &str, start: &str) -> bool {
    let literal = pattern.split(['*', '?', '$']).next().unwrap_or_default();
    literal.starts_with(start) || start.starts_with(literal)
}
