//! A policy set compiled for millions of requests. The answers are those of [`decide()`](crate::decide()).
//!
//! What is done once: patterns are split, the values of conditions are read, and statements are listed by the service
//! of the actions that they can be about. What is left for each request is to look up its service, and to hold the few
//! statements there against it.

mod action;
mod index;
mod statement;

use std::borrow::Cow;
use std::collections::BTreeSet;

use portcullis_iam::{ContextKey, PolicySet, Request, Truth};

use self::index::Index;
use crate::decision::{Answer, Outcomes, Unsettled};
use crate::layer::{self, Votes};
use crate::{decide, settle, unsettled};

/// A policy set compiled for many requests.
#[derive(Clone, Debug)]
pub struct Compiled {
    policies: PolicySet,
    index: Index,
    /// The keys of which is only asked whether they are there, true or false.
    boolean: BTreeSet<ContextKey>,
}

impl Compiled {
    /// Compiles `policies`. The documents are shared, not copied.
    pub fn new(policies: &PolicySet) -> Self {
        let boolean = settle::boolean_keys(policies);
        Self { policies: policies.clone(), index: Index::new(policies), boolean }
    }

    /// Decides `request`, as [`decide()`](crate::decide()) does.
    pub fn decide(&self, request: &Request) -> Answer {
        let outcomes = self.outcomes(request);
        if outcomes.is_settled() {
            return Answer { outcomes, unsettled: Unsettled::default() };
        }
        let unsettled = unsettled::by_votes(request, &self.policies, &self.votes(request));
        Answer { outcomes, unsettled }
    }

    /// The outcomes of the answer, for callers that do not ask what would settle it.
    pub fn outcomes(&self, request: &Request) -> Outcomes {
        let rule = |request: &Request| decide::ruling(request, &self.votes(request)).outcomes();
        settle::outcomes(request, || Cow::Borrowed(&self.boolean), rule)
    }

    /// The policies that were compiled.
    pub fn policies(&self) -> &PolicySet {
        &self.policies
    }

    /// What every layer says of `request`. Once a statement denies for certain, no further layer is asked.
    fn votes(&self, request: &Request) -> Votes {
        let bounded = layer::bounded(request, &self.policies);
        let mut votes = Votes::before(request, &self.policies);
        for slot in self.index.of_service(request.action.service()) {
            if !slot.kind().binds(request, self.policies.management_account) {
                continue;
            }
            let vote = slot.vote(request, bounded);
            votes.add(slot.kind(), vote);
            if vote.deny == Truth::True {
                break;
            }
        }
        votes
    }
}
