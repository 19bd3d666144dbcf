//! Answers of the theories, remembered.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use portcullis_iam::KeyState;

use super::formula::Literal;
use crate::facts::Domain;
use crate::fold::{Atom, Identity, Matter, Scene};
use crate::form::Form;
use crate::theory::{self, KeyTests, Reading, ResourceTests, Solved, Work};

/// What theories answered so far.
///
/// An answer is charged once in each question, remembered or not: what a question can afford does not depend on the
/// questions before it.
#[derive(Debug, Default)]
pub(crate) struct Memo {
    keys: HashMap<KeyEntry, Entry<KeyState>>,
    resources: HashMap<ResourceEntry, Entry<Box<str>>>,
    /// The number of the question that is asked.
    question: u64,
}

type KeyEntry = (Box<str>, Domain, Reading, Box<[(Identity, bool)]>);
type ResourceEntry = (u32, Reading, Box<[(Identity, bool)]>);

/// An answer, and what it has cost.
#[derive(Debug)]
struct Entry<T> {
    solved: Solved<T>,
    cost: usize,
    /// The last question that was charged for it.
    charged: u64,
}

/// Above this many answers all are forgotten before the next question, so that memory stays bounded.
const MOST: usize = 200_000;

/// The forms that a resource may have, with a number of their own.
#[derive(Clone, Debug)]
pub(crate) struct Forms {
    pub(crate) number: u32,
    pub(crate) forms: Arc<[Form]>,
}

impl Memo {
    /// Another question begins.
    pub(crate) fn begin(&mut self) {
        self.question += 1;
        if MOST < self.keys.len() {
            self.keys.clear();
        }
        if MOST < self.resources.len() {
            self.resources.clear();
        }
    }

    /// A state of the variable that meets the literals, in requests where it may be what `domain` says.
    pub(crate) fn key(
        &mut self,
        scene: &Scene<'_>,
        (variable, domain): (usize, &Domain),
        literals: &[Literal],
        (reading, work): (Reading, &Work),
    ) -> Solved<KeyState> {
        let Some(own) = scene.variables.get(variable) else { return Solved::Unknown };
        let tests = in_order(scene, literals);
        let entry = (own.key.as_str().into(), domain.clone(), reading, identities(&tests));
        let solve = || {
            let tests: Vec<_> =
                tests.iter().filter_map(|(atom, holds)| Some((atom.matcher()?, *holds))).collect();
            let context = &scene.context;
            let question = KeyTests { key: &own.key, domain, tests: &tests, context, reading, work };
            match domain {
                Domain::Free { .. } | Domain::Since(_) => theory::key(&question),
                Domain::Absent | Domain::One(_) | Domain::Many(_) | Domain::Hidden => constant(&question),
            }
        };
        answer(&mut self.keys, entry, self.question, (tests.len(), work), solve)
    }

    /// A resource of one of the forms that meets the literals.
    pub(crate) fn resource(
        &mut self,
        scene: &Scene<'_>,
        forms: &Forms,
        literals: &[Literal],
        (reading, work): (Reading, &Work),
    ) -> Solved<Box<str>> {
        let tests = in_order(scene, literals);
        let entry = (forms.number, reading, identities(&tests));
        let solve = || {
            let tests: Vec<_> = tests
                .iter()
                .filter_map(|(atom, holds)| match &atom.matter {
                    Matter::Resource(test) => Some((&test.pattern, *holds)),
                    Matter::Key(..) | Matter::Open { .. } => None,
                })
                .collect();
            let (forms, context) = (&forms.forms, &scene.context);
            theory::resource(&ResourceTests { forms, tests: &tests, context, reading, work })
        };
        answer(&mut self.resources, entry, self.question, (tests.len(), work), solve)
    }
}

/// The answer that is remembered, or that `solve` finds to so many tests.
fn answer<K: Eq + Hash, T: Clone>(
    known: &mut HashMap<K, Entry<T>>,
    key: K,
    question: u64,
    (tests, work): (usize, &Work),
    solve: impl FnOnce() -> Solved<T>,
) -> Solved<T> {
    if !work.take(tests * LOOKED_UP) {
        return Solved::Unknown;
    }
    if let Some(found) = known.get_mut(&key) {
        if found.charged != question && !work.take(found.cost) {
            return Solved::Unknown;
        }
        found.charged = question;
        return found.solved.clone();
    }
    let before = work.spent();
    if !work.take((tests + 1) * (tests + 1)) {
        return Solved::Unknown;
    }
    let solved = solve();
    // What ended for lack of work may be decided where there is more.
    if !work.is_dry() {
        let cost = work.spent() - before;
        known.insert(key, Entry { solved: solved.clone(), cost, charged: question });
    }
    solved
}

/// What it costs to look an answer up, for each test.
const LOOKED_UP: usize = 4;

/// The tests of literals in the order of their atoms: what an answer is and costs depends on it.
fn in_order<'s>(scene: &'s Scene<'_>, literals: &[Literal]) -> Vec<(&'s Atom, bool)> {
    let mut literals = literals.to_vec();
    literals.sort_unstable_by_key(|literal| literal.atom);
    let test = |literal: &Literal| Some((scene.atoms.get(literal.atom as usize)?, literal.holds));
    literals.iter().filter_map(test).collect()
}

fn identities(tests: &[(&Atom, bool)]) -> Box<[(Identity, bool)]> {
    tests.iter().map(|(atom, holds)| (atom.identity.clone(), *holds)).collect()
}

/// A key that is the same in all these requests.
fn constant(question: &KeyTests<'_>) -> Solved<KeyState> {
    let mut context = question.context.clone();
    let state = question.domain.constant();
    context.set(question.key.clone(), state.clone());
    let met = question
        .tests
        .iter()
        .all(|(matcher, holds)| question.reading.counts(matcher.holds(&context), *holds));
    if met { Solved::Some(state) } else { Solved::None }
}
