//! What the encoding of one cell of the space of requests knows.

use std::collections::BTreeMap;

use portcullis_iam::condition::Quantifier;
use portcullis_iam::policy_set::Layer;
use portcullis_iam::{ContextKey, PolicySet, Statement};

use crate::facts::{Domain, Optional};
use crate::question::Question;
use crate::theory::Reading;

use super::cell::Cell;
use super::key::{self, Value};
use super::script::Script;
use super::term::{Holds, Term};

/// The string variable of the resource.
pub(super) const RESOURCE: &str = "resource";

/// The state of the encoding.
pub(super) struct Encoder<'q> {
    pub(super) question: &'q Question<'q>,
    /// The part of the space that is being encoded.
    pub(super) cell: &'q Cell,
    /// Whether a request must pass for certain.
    pub(super) reading: Reading,
    pub(super) script: &'q mut Script,
    /// How many elements tell the set tests of each key apart.
    slots: &'q BTreeMap<ContextKey, usize>,
    /// The tests of which nobody knows the answer in some requests.
    unsettled: BTreeMap<String, usize>,
}

/// What a key is in the requests of the cell.
#[derive(Clone, Debug)]
pub(super) enum State {
    Absent,
    /// Nobody knows, and the evaluator is to be certain whatever it is.
    Hidden,
    /// Present when the term holds.
    Single {
        present: Term,
        value: Value,
    },
    /// The elements, each in the set when its term holds. Absent when none is.
    Many(Vec<(Term, Value)>),
    /// No catalogue knows the key: it has several values when the term holds, else one or none.
    Either {
        is_many: Term,
        single: (Term, Value),
        slots: Vec<(Term, Value)>,
    },
}

impl<'q> Encoder<'q> {
    pub(super) fn new(
        question: &'q Question<'q>,
        cell: &'q Cell,
        reading: Reading,
        script: &'q mut Script,
        slots: &'q BTreeMap<ContextKey, usize>,
    ) -> Self {
        Self { question, cell, reading, script, slots, unsettled: BTreeMap::new() }
    }

    /// What may hold of `test`, with one answer where nobody knows it: a test that two policies make has the same
    /// answer in both.
    pub(super) fn settled(&mut self, test: String, holds: Holds) -> Holds {
        if holds.must == holds.may || self.reading == Reading::Certain {
            return holds;
        }
        let next = self.unsettled.len();
        let number = *self.unsettled.entry(test).or_insert(next);
        let answer = self.boolean(&format!("unknown {number}"));
        Term::any([holds.must, Term::all([holds.may, answer])]).into()
    }

    /// What `key` is.
    pub(super) fn state(&mut self, key: &ContextKey) -> State {
        // One clock: both keys tell the time of the request.
        let clock = (key.as_str() == EPOCH).then(|| ContextKey::new(NOW));
        let key = clock.as_ref().unwrap_or(key);
        match self.question.frame.facts.domain(key, self.cell.service.as_deref()) {
            Domain::Absent => State::Absent,
            Domain::One(text) => State::Single { present: Term::True, value: Value::Constant(text) },
            Domain::Many(values) => {
                State::Many(values.into_iter().map(|text| (Term::True, Value::Constant(text))).collect())
            }
            Domain::Hidden if self.reading == Reading::Certain => State::Hidden,
            Domain::Hidden => self.free(key, Optional::Yes),
            Domain::Free { absent } => self.free(key, absent),
            Domain::Since(from) => {
                let name = format!("|{}|", key.as_str());
                if self.script.declare(&name, "Int") {
                    self.script.assert(Term::new(format!("(>= {name} {})", from.seconds())));
                }
                State::Single { present: Term::True, value: Value::Instant(format!("(to_real {name})")) }
            }
        }
    }

    fn free(&mut self, key: &ContextKey, absent: Optional) -> State {
        match key::is_multivalued(key) {
            Some(true) => State::Many(self.free_set(key, absent)),
            Some(false) => {
                let (present, value) = self.free_value(key, absent);
                State::Single { present, value }
            }
            None => State::Either {
                is_many: self.boolean(&format!("many {}", key.as_str())),
                single: self.free_value(key, absent),
                slots: self.free_set(key, absent),
            },
        }
    }

    fn free_value(&mut self, key: &ContextKey, absent: Optional) -> (Term, Value) {
        let value = key::free(self.script, key, key.as_str());
        let present = match absent {
            Optional::Yes => self.boolean(&format!("has {}", key.as_str())),
            Optional::No => Term::True,
        };
        (present, value)
    }

    fn free_set(&mut self, key: &ContextKey, absent: Optional) -> Vec<(Term, Value)> {
        let count = self.slots.get(key).copied().unwrap_or(1);
        let slot = |slot: usize| {
            let used = match (slot, absent) {
                (0, Optional::No) => Term::True,
                (_, Optional::Yes | Optional::No) => self.boolean(&format!("has {} {slot}", key.as_str())),
            };
            (used, key::free(self.script, key, &format!("{} {slot}", key.as_str())))
        };
        (0..count).map(slot).collect()
    }

    fn boolean(&mut self, name: &str) -> Term {
        let name = format!("|{name}|");
        self.script.declare(&name, "Bool");
        Term::new(name)
    }
}

/// The two keys that tell the time.
const NOW: &str = "aws:currenttime";
const EPOCH: &str = "aws:epochtime";

/// How many elements of each set are enough: one for every test that one element may settle, and one more so that
/// the set is not empty.
pub(super) fn slots(question: &Question<'_>) -> BTreeMap<ContextKey, usize> {
    let mut slots = BTreeMap::new();
    for set in [Some(question.allowed), question.refused].into_iter().flatten() {
        for condition in statements(set).flat_map(|statement| &statement.conditions) {
            let count = slots.entry(condition.key.clone()).or_insert(1);
            match condition.operator.value.quantifier {
                Quantifier::Single => {}
                Quantifier::ForAllValues | Quantifier::ForAnyValue => *count += 1,
            }
        }
    }
    slots
}

/// Every statement of every layer.
pub(super) fn statements(set: &PolicySet) -> impl Iterator<Item = &Statement> {
    let levels = set.service_control.iter().chain(&set.resource_control).map(|level| &level.layer);
    let optional = [&set.boundary, &set.session, &set.resource, &set.endpoint].into_iter().flatten();
    let layers = std::iter::once(&set.identity).chain(optional).chain(levels);
    layers.flat_map(|layer: &Layer| &layer.policies).flat_map(|attached| &attached.policy.statements)
}
