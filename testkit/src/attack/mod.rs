//! Requests that try to get through where the prover says that none can.
//!
//! They are made from the policies' own words and their neighbours, knowing nothing of how the prover works: what they
//! share with it is what a question is about. An engine of its own decides them.

mod keys;
mod resources;
mod statements;
mod targets;
mod template;
mod words;

use portcullis_authz::{Access, Compiled, Outcomes, decide};
use portcullis_iam::pattern::{ResourcePattern, ShortArn};
use portcullis_iam::{Context, Request, Truth, Version};
use portcullis_prove::{Area, Question};

use crate::random::Random;
use keys::Keys;
use targets::Targets;

/// An attack on one question.
#[derive(Debug)]
pub struct Attack<'q> {
    question: Question<'q>,
    allowed: Compiled,
    refused: Option<Compiled>,
    only: Vec<Limits>,
    spared: Vec<Limits>,
    targets: Targets,
    keys: Keys,
}

/// An area's resources; none for every resource.
#[derive(Debug)]
struct Limits {
    area: Area,
    resources: Option<Vec<ResourcePattern>>,
}

impl<'q> Attack<'q> {
    /// The attack on a question; the seed chooses among what is too much to try.
    pub fn new(question: Question<'q>, seed: u64) -> Self {
        let limits = |areas: &[Area]| areas.iter().map(Limits::of).collect();
        Self {
            question,
            allowed: Compiled::new(question.allowed),
            refused: question.refused.map(Compiled::new),
            only: limits(question.only),
            spared: limits(question.spared),
            targets: Targets::of(&question, &mut Random::new(seed)),
            keys: Keys::of(&question),
        }
    }

    /// The first of `count` requests that may pass, as far as anybody can tell. `count` are decided, whatever they are.
    pub fn first_through(&self, count: u32, seed: u64) -> Option<Request> {
        let mut random = Random::new(seed);
        (0..count).find_map(|_| self.request(&mut random).filter(|request| self.passes(request)))
    }

    /// A request that counts; none, when no action does, or when chance finds none on a resource that does.
    fn request(&self, random: &mut Random) -> Option<Request> {
        (0..TRIES).find_map(|_| {
            let (target, resource) = self.targets.pick(random)?;
            let request = Request {
                caller: self.question.frame.caller.clone(),
                credential: self.question.frame.credential,
                action: target.clone(),
                resource: resource.into(),
                resource_owner: None,
                context: self.keys.context(target.service(), random),
            };
            self.counts(&request).then_some(request)
        })
    }

    fn counts(&self, request: &Request) -> bool {
        let is_in = |limits: &[Limits]| limits.iter().any(|limits| limits.hold(request));
        (self.only.is_empty() || is_in(&self.only)) && !is_in(&self.spared)
    }

    fn passes(&self, request: &Request) -> bool {
        may_be(self.allowed.outcomes(request), Access::Allowed)
            && self.refused.as_ref().is_none_or(|own| may_be(own.outcomes(request), Access::Denied))
    }

    /// Whether the other engine says so too.
    pub fn is_confirmed(&self, request: &Request) -> bool {
        let outcomes = |policies| decide(request, policies).outcomes;
        may_be(outcomes(self.question.allowed), Access::Allowed)
            && self.question.refused.is_none_or(|own| may_be(outcomes(own), Access::Denied))
    }
}

/// Where an area leaves but a few resources, chance needs more than one try.
const TRIES: usize = 20;

fn may_be(outcomes: Outcomes, access: Access) -> bool {
    let found = portcullis_authz::Answer { outcomes, unsettled: portcullis_authz::Unsettled::default() };
    matches!(found.access(), Access::Undetermined) || found.access() == access
}

impl Limits {
    fn of(area: &Area) -> Self {
        let pattern = |text: &str| ResourcePattern::parse(text, Version::V2008, ShortArn::AsWritten);
        Self {
            area: area.clone(),
            resources: area.resources.as_ref().map(|own| own.iter().map(|text| pattern(text)).collect()),
        }
    }

    fn hold(&self, request: &Request) -> bool {
        let nothing = Context::default();
        let matches = |own: &ResourcePattern| own.matches(&request.resource, &nothing) == Truth::True;
        statements::names(&self.area, &request.action)
            && self.resources.as_ref().is_none_or(|own| own.iter().any(matches))
    }
}
