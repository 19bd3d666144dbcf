//! What all requests in question have in common, and the tests that tell them apart: the same test is the same atom.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use portcullis_iam::condition::Matcher;
use portcullis_iam::pattern::Resolved;
use portcullis_iam::{Caller, Context, ContextKey, KeyState, Timestamp, Truth, Values};

use super::{EPOCH, KeyTest, NOW, ResourceTest};
use crate::facts::Domain;
use crate::question::Frame;

/// The common part of all requests in question, and their atoms.
#[derive(Debug)]
pub(crate) struct Scene<'q> {
    pub(crate) frame: &'q Frame,
    /// What is known of the condition keys; hidden ones are unknown, free ones are left out.
    pub(crate) context: Context,
    pub(crate) atoms: Vec<Atom>,
    pub(crate) variables: Vec<Variable>,
    numbers: HashMap<(AtomKind, u32), u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum AtomKind {
    Key,
    Resource,
}

/// A condition key that requests may choose.
#[derive(Debug)]
pub(crate) struct Variable {
    pub(crate) key: ContextKey,
    /// What it may be in requests for an action of any service.
    pub(crate) domain: Domain,
}

/// A test that holds in some of the requests in question and not in others, as far as is known.
#[derive(Clone, Debug)]
pub(crate) struct Atom {
    pub(crate) matter: Matter,
    /// A number of its own among all tests ever made; equal for equal tests with equal values of their variables.
    pub(crate) identity: Identity,
}

/// What makes two atoms of different scenes the same.
pub(crate) type Identity = (u32, Box<str>);

/// What a test is about.
#[derive(Clone, Debug)]
pub(crate) enum Matter {
    /// The key with this place among the variables.
    Key(usize, Arc<KeyTest>),
    /// The resource.
    Resource(Arc<ResourceTest>),
    /// Something that cannot be told from the request's own choices: hidden facts, or keys compared with each other.
    Open {
        /// Facts that nobody could read.
        hidden: Vec<ContextKey>,
        /// Keys that requests choose and that are compared with other things that they choose.
        chosen: Vec<ContextKey>,
        /// A negated ARN operator meets what is no ARN.
        no_arn: bool,
    },
}

/// What a test is, once all that is known is folded in.
pub(crate) enum Folding {
    /// It always holds.
    Holds,
    /// It never holds.
    Fails,
    /// It depends on the request.
    Atom(u32),
}

impl<'q> Scene<'q> {
    pub(crate) fn new(frame: &'q Frame) -> Self {
        let mut context = Context::default();
        for (key, domain) in frame.facts.stated() {
            let state = match domain {
                Domain::Free { .. } | Domain::Since(_) => continue,
                Domain::Absent | Domain::One(_) | Domain::Many(_) | Domain::Hidden => domain.constant(),
            };
            context.set(ContextKey::new(key), state);
        }
        if let KeyState::Known(Values::One(text)) = context.state(&ContextKey::new(NOW)).clone()
            && let Some(now) = Timestamp::parse(&text)
        {
            // Tests of the time read it as seconds, which both dates and numbers compare with.
            let seconds = now.seconds().to_string();
            context = context.with(NOW, &seconds).with(EPOCH, &seconds);
        }
        Self { frame, context, atoms: Vec::new(), variables: Vec::new(), numbers: HashMap::new() }
    }

    pub(crate) fn caller(&self) -> &Caller {
        &self.frame.caller
    }

    /// What `key` may be in requests for actions of `service`.
    pub(crate) fn domain(&self, key: &ContextKey, service: Option<&str>) -> Domain {
        self.frame.facts.domain(key, service)
    }

    pub(crate) fn key_test(&mut self, test: &Arc<KeyTest>) -> Folding {
        if let Some(found) = self.numbers.get(&(AtomKind::Key, test.number)) {
            return Folding::Atom(*found);
        }
        let domain = self.domain(test.matcher.key(), None);
        let mut hidden = self.hidden(&test.variables);
        let mut chosen = self.chosen(&test.variables);
        match &domain {
            Domain::Hidden => hidden.push(test.matcher.key().clone()),
            Domain::Free { .. } | Domain::Since(_) if hidden.is_empty() && chosen.is_empty() => {
                let place = self.variable(test.matcher.key(), domain);
                return self.add(
                    AtomKind::Key,
                    test.number,
                    Matter::Key(place, Arc::clone(test)),
                    &test.variables,
                );
            }
            Domain::Free { .. } | Domain::Since(_) => chosen.push(test.matcher.key().clone()),
            Domain::Absent | Domain::One(_) | Domain::Many(_) if chosen.is_empty() => {
                match test.matcher.holds(&self.context) {
                    Truth::True => return Folding::Holds,
                    Truth::False => return Folding::Fails,
                    Truth::Unknown => {}
                }
            }
            Domain::Absent => {
                // Nothing is compared: an absent key passes or not whatever the operands are.
                match test.matcher.holds(&self.context) {
                    Truth::True => return Folding::Holds,
                    Truth::False | Truth::Unknown => return Folding::Fails,
                }
            }
            Domain::One(_) | Domain::Many(_) => {}
        }
        let no_arn = hidden.is_empty() && chosen.is_empty();
        self.add(AtomKind::Key, test.number, Matter::Open { hidden, chosen, no_arn }, &test.variables)
    }

    pub(crate) fn resource_test(&mut self, test: &Arc<ResourceTest>) -> Folding {
        if test.pattern.is_everything() {
            return Folding::Holds;
        }
        if let Some(found) = self.numbers.get(&(AtomKind::Resource, test.number)) {
            return Folding::Atom(*found);
        }
        if test.variables.is_empty() {
            return self.add(AtomKind::Resource, test.number, Matter::Resource(Arc::clone(test)), &[]);
        }
        let (hidden, chosen) = (self.hidden(&test.variables), self.chosen(&test.variables));
        if !hidden.is_empty() || !chosen.is_empty() {
            let open = Matter::Open { hidden, chosen, no_arn: false };
            return self.add(AtomKind::Resource, test.number, open, &test.variables);
        }
        match test.pattern.pattern().resolve(&self.context) {
            Resolved::Unset => Folding::Fails,
            Resolved::Ready(_) | Resolved::Open(_) => {
                let matter = Matter::Resource(Arc::clone(test));
                self.add(AtomKind::Resource, test.number, matter, &test.variables)
            }
        }
    }

    /// The keys that cannot be told from what requests choose, over all open atoms.
    pub(crate) fn chosen_keys(&self) -> BTreeSet<ContextKey> {
        let open = self.atoms.iter().filter_map(|atom| match &atom.matter {
            Matter::Open { chosen, .. } => Some(chosen),
            Matter::Key(..) | Matter::Resource(_) => None,
        });
        open.flatten().cloned().collect()
    }

    fn hidden(&self, keys: &[ContextKey]) -> Vec<ContextKey> {
        keys.iter().filter(|key| self.domain(key, None) == Domain::Hidden).cloned().collect()
    }

    fn chosen(&self, keys: &[ContextKey]) -> Vec<ContextKey> {
        let chosen =
            |key: &&ContextKey| matches!(self.domain(key, None), Domain::Free { .. } | Domain::Since(_));
        keys.iter().filter(chosen).cloned().collect()
    }

    fn variable(&mut self, key: &ContextKey, domain: Domain) -> usize {
        let found = self.variables.iter().position(|variable| variable.key == *key);
        found.unwrap_or_else(|| {
            self.variables.push(Variable { key: key.clone(), domain });
            self.variables.len() - 1
        })
    }

    fn add(&mut self, kind: AtomKind, number: u32, matter: Matter, variables: &[ContextKey]) -> Folding {
        let place = self.atoms.len() as u32;
        let values: String = variables.iter().map(|key| format!("{:?} ", self.context.state(key))).collect();
        self.atoms.push(Atom { matter, identity: (number, values.into()) });
        self.numbers.insert((kind, number), place);
        Folding::Atom(place)
    }
}

impl Atom {
    /// The matcher, when it is a test of a key.
    pub(crate) fn matcher(&self) -> Option<&Matcher> {
        match &self.matter {
            Matter::Key(_, test) => Some(&test.matcher),
            Matter::Resource(_) | Matter::Open { .. } => None,
        }
    }
}
