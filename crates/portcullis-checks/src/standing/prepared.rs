//! A policy set made ready to be asked for many users.

use portcullis_authz::{Answer, Compiled};
use portcullis_iam::condition::Matcher;
use portcullis_iam::{Context, PolicySet, Request, Truth};

use super::candidates::{self, Candidates};
use super::context;
use super::door::{self, Named};

/// A policy set made ready to be asked for many users.
pub(super) struct Prepared {
    compiled: Compiled,
    /// The keys that it mentions, and what is worth a try for them.
    pub(super) candidates: Candidates,
    /// The conditions whose truth differs between users.
    personal: Vec<Matcher>,
    /// What its identity policies name.
    pub(super) named: Vec<Named>,
}

impl Prepared {
    pub(super) fn new(policies: &PolicySet) -> Self {
        Self {
            compiled: Compiled::new(policies),
            candidates: Candidates::of(policies),
            personal: personal(policies),
            named: door::named(policies),
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

    /// How the conditions turn out in which users differ. Users for whom they turn out alike are answered alike on
    /// every door that is not the user itself.
    pub(super) fn traits(&self, personal: &Context) -> Vec<Truth> {
        self.personal.iter().map(|matcher| matcher.holds(personal)).collect()
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
