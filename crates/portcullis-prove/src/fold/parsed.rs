//! A policy read once for all questions: what its statements cover, and their tests, each known by a number.

use std::collections::HashMap;
use std::sync::Arc;

use portcullis_iam::catalog::catalog;
use portcullis_iam::condition::{Condition, Matcher, Operator};
use portcullis_iam::pattern::{self, Part, ResourcePattern, ShortArn};
use portcullis_iam::policy::Clause;
use portcullis_iam::{Action, ContextKey, Polarity, Policy, Span, Spanned, Statement, Version};

use crate::actions::{Bits, universe};

/// A policy that was read.
#[derive(Debug)]
pub(crate) struct ParsedPolicy {
    #[expect(dead_code, reason = "kept, so that its address stays its own")]
    policy: Arc<Policy>,
    pub(crate) statements: Vec<ParsedStatement>,
}

/// A statement that was read.
#[derive(Debug)]
pub(crate) struct ParsedStatement {
    pub(crate) cover: Cover,
    pub(crate) conditions: Vec<Arc<KeyTest>>,
    /// None: whatever the resource.
    pub(crate) resource: Option<(Polarity, Vec<Arc<ResourceTest>>)>,
}

/// The actions that a clause covers.
#[derive(Clone, Debug)]
pub(crate) struct Cover {
    /// Of the catalogue.
    pub(crate) known: Arc<Bits>,
    patterns: Arc<Patterns>,
}

/// The patterns of a clause, for actions that the catalogue does not know.
#[derive(Debug)]
struct Patterns {
    polarity: Polarity,
    texts: Vec<Box<str>>,
    parts: Vec<Box<[Part<'static>]>>,
    /// Whether they cover nothing but actions of the catalogue.
    of_catalogue: bool,
}

/// A test of a condition block.
#[derive(Debug)]
pub(crate) struct KeyTest {
    pub(crate) number: u32,
    pub(crate) matcher: Matcher,
    pub(crate) variables: Vec<ContextKey>,
}

/// A resource pattern.
#[derive(Debug)]
pub(crate) struct ResourceTest {
    pub(crate) number: u32,
    pub(crate) pattern: ResourcePattern,
    pub(crate) variables: Vec<ContextKey>,
}

/// Everything that was read so far.
#[derive(Debug, Default)]
pub(crate) struct Library {
    policies: HashMap<(usize, ShortArnKey), Arc<ParsedPolicy>>,
    patterns: HashMap<Box<str>, Arc<Bits>>,
    covers: HashMap<Box<str>, Cover>,
    key_tests: HashMap<Box<str>, Arc<KeyTest>>,
    resource_tests: HashMap<(Box<str>, bool, bool), Arc<ResourceTest>>,
    /// What rules of services tell apart, by whether there are resource and resource control policies.
    pub(crate) services: HashMap<(bool, bool), Arc<[Cover]>>,
}

/// Whether short ARNs are filled.
type ShortArnKey = bool;

impl Library {
    /// Whether it holds so much that it should be begun anew.
    pub(crate) fn is_full(&self) -> bool {
        MOST_COVERS < self.covers.len() || MOST_POLICIES < self.policies.len()
    }

    /// The policy as it was read, for a layer in which short ARNs mean `short`.
    pub(crate) fn policy(&mut self, policy: &Arc<Policy>, short: ShortArn) -> Arc<ParsedPolicy> {
        let key = (Arc::as_ptr(policy) as usize, short == ShortArn::Filled);
        if let Some(found) = self.policies.get(&key) {
            return Arc::clone(found);
        }
        let statements =
            policy.statements.iter().map(|own| self.statement(own, policy.version, short)).collect();
        let parsed = Arc::new(ParsedPolicy { policy: Arc::clone(policy), statements });
        self.policies.insert(key, Arc::clone(&parsed));
        parsed
    }

    fn statement(&mut self, own: &Statement, version: Version, short: ShortArn) -> ParsedStatement {
        let conditions = own.conditions.iter().map(|condition| self.key_test(condition, version)).collect();
        ParsedStatement {
            cover: self.cover(&own.action),
            conditions,
            resource: own.resource.as_ref().and_then(|clause| self.resource(clause, version, short)),
        }
    }

    fn cover(&mut self, clause: &Clause) -> Cover {
        let texts: Vec<&str> = clause.patterns.iter().map(|pattern| &*pattern.value).collect();
        self.cover_of(clause.polarity, &texts)
    }

    /// What a list of action patterns covers.
    pub(crate) fn cover_of(&mut self, polarity: Polarity, texts: &[&str]) -> Cover {
        let key: Box<str> = format!("{}{}", sign(polarity), texts.join(" ")).into();
        if let Some(found) = self.covers.get(&key) {
            return found.clone();
        }
        let texts: Vec<Box<str>> = texts.iter().map(|text| text.to_ascii_lowercase().into()).collect();
        let mut known = universe().none();
        for text in &texts {
            known.add(&self.matching(text));
        }
        if polarity == Polarity::Except {
            let mut others = universe().all();
            others.remove(&known);
            known = others;
        }
        let parts = texts.iter().map(|text| pattern::parts(text)).collect();
        let is_listed =
            |text: &str| Action::parse(text).is_some_and(|action| catalog().action(&action).is_some());
        let of_catalogue = polarity == Polarity::Only && texts.iter().all(|text| is_listed(text));
        let patterns = Arc::new(Patterns { polarity, texts, parts, of_catalogue });
        let cover = Cover { known: Arc::new(known), patterns };
        self.covers.insert(key, cover.clone());
        cover
    }

    fn matching(&mut self, text: &str) -> Arc<Bits> {
        if let Some(found) = self.patterns.get(text) {
            return Arc::clone(found);
        }
        let bits = Arc::new(universe().matching(text));
        self.patterns.insert(text.into(), Arc::clone(&bits));
        bits
    }

    /// The test by which IAM tells the sessions of GetSessionToken that it takes.
    pub(crate) fn made_with_mfa(&mut self) -> Option<Arc<KeyTest>> {
        let nowhere = Span::default();
        let condition = Condition {
            operator: Spanned::new(Operator::parse("Bool")?, nowhere),
            key: ContextKey::new("aws:MultiFactorAuthPresent"),
            key_span: nowhere,
            values: vec![Spanned::new("true".into(), nowhere)],
        };
        Some(self.key_test(&condition, Version::V2012))
    }

    fn key_test(&mut self, condition: &Condition, version: Version) -> Arc<KeyTest> {
        let values: Vec<&str> = condition.values.iter().map(|value| &*value.value).collect();
        let text = format!("{} {} {version:?} {values:?}", condition.operator.value, condition.key,);
        let number = self.key_tests.len() as u32;
        let make = || {
            let mut condition = condition.clone();
            // One clock: the time is one variable, whatever its spelling.
            if condition.key.as_str() == EPOCH {
                condition.key = ContextKey::new(NOW);
            }
            let matcher = Matcher::new(&condition, version);
            let variables = matcher.variables().cloned().collect();
            Arc::new(KeyTest { number, matcher, variables })
        };
        Arc::clone(self.key_tests.entry(text.into()).or_insert_with(make))
    }

    fn resource(
        &mut self,
        clause: &Clause,
        version: Version,
        short: ShortArn,
    ) -> Option<(Polarity, Vec<Arc<ResourceTest>>)> {
        let patterns = clause.patterns.iter().map(|pattern| &*pattern.value);
        let tests: Vec<_> = patterns.map(|text| self.resource_test(text, version, short)).collect();
        let all = tests.iter().any(|test| test.pattern.is_everything());
        match (clause.polarity, all) {
            (Polarity::Only, true) => None,
            (polarity, _) => Some((polarity, tests)),
        }
    }

    /// A resource pattern.
    pub(crate) fn resource_test(
        &mut self,
        text: &str,
        version: Version,
        short: ShortArn,
    ) -> Arc<ResourceTest> {
        let key = (text.into(), version == Version::V2012, short == ShortArn::Filled);
        let number = self.resource_tests.len() as u32;
        let make = || {
            let pattern = ResourcePattern::parse(text, version, short);
            let variables = pattern.pattern().keys().cloned().collect();
            Arc::new(ResourceTest { number, pattern, variables })
        };
        Arc::clone(self.resource_tests.entry(key).or_insert_with(make))
    }
}

impl Cover {
    /// Whether it covers an action that the catalogue does not know, given in lower case.
    pub(crate) fn covers_unknown(&self, action: &str) -> bool {
        let listed = self.patterns.parts.iter().any(|parts| pattern::matches(parts, action));
        match self.patterns.polarity {
            Polarity::Only => listed,
            Polarity::Except => !listed,
        }
    }

    /// Whether every action that it covers is of the catalogue.
    pub(crate) fn is_of_catalogue(&self) -> bool {
        self.patterns.of_catalogue
    }

    /// Where its patterns lie: covers of one library that lie at one place are the same.
    pub(crate) fn address(&self) -> usize {
        Arc::as_ptr(&self.patterns).addr()
    }

    /// The patterns, in lower case.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.patterns.texts.iter().map(|text| &**text)
    }
}

fn sign(polarity: Polarity) -> char {
    match polarity {
        Polarity::Only => '+',
        Polarity::Except => '-',
    }
}

/// Above this many policies all are forgotten.
const MOST_POLICIES: usize = 4_000;

/// Above this many lists of actions all are forgotten: each takes a bit for every action of the catalogue.
const MOST_COVERS: usize = 4_000;

/// The time of the request.
pub(crate) const NOW: &str = "aws:currenttime";

/// The same as seconds since 1970.
pub(crate) const EPOCH: &str = "aws:epochtime";
