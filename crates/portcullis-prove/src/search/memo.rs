//! Answers of the theories, remembered.

use std::collections::HashMap;
use std::sync::Arc;

use portcullis_iam::KeyState;

use super::formula::Literal;
use crate::facts::Domain;
use crate::fold::{Identity, Matter, Scene};
use crate::form::Form;
use crate::theory::{self, KeyTests, Reading, ResourceTests, Solved};

/// What theories answered so far.
#[derive(Debug, Default)]
pub(crate) struct Memo {
    keys: HashMap<KeyEntry, Solved<KeyState>>,
    resources: HashMap<ResourceEntry, Solved<Box<str>>>,
}

type KeyEntry = (Box<str>, Domain, Reading, Box<[(Identity, bool)]>);
type ResourceEntry = (u32, Reading, Box<[(Identity, bool)]>);

/// Above this many answers all are forgotten, so that memory stays bounded.
const MOST: usize = 200_000;

/// The forms that a resource may have, with a number of their own.
#[derive(Clone, Debug)]
pub(crate) struct Forms {
    pub(crate) number: u32,
    pub(crate) forms: Arc<[Form]>,
}

impl Memo {
    /// A state of the variable that meets the literals, in requests where it may be what `domain` says.
    pub(crate) fn key(
        &mut self,
        scene: &Scene<'_>,
        (variable, domain): (usize, &Domain),
        literals: &[Literal],
        reading: Reading,
    ) -> Solved<KeyState> {
        let Some(own) = scene.variables.get(variable) else { return Solved::Unknown };
        let tests: Vec<_> = literals
            .iter()
            .filter_map(|literal| Some((scene.atoms.get(literal.atom as usize)?, literal.holds)))
            .collect();
        let entry = (own.key.as_str().into(), domain.clone(), reading, identities(&tests));
        if let Some(found) = self.keys.get(&entry) {
            return found.clone();
        }
        let tests: Vec<_> =
            tests.iter().filter_map(|(atom, holds)| Some((atom.matcher()?, *holds))).collect();
        let question = KeyTests { key: &own.key, domain, tests: &tests, context: &scene.context, reading };
        let found = match domain {
            Domain::Free { .. } | Domain::Since(_) => theory::key(&question),
            Domain::Absent | Domain::One(_) | Domain::Many(_) | Domain::Hidden => constant(&question),
        };
        if MOST < self.keys.len() {
            self.keys.clear();
        }
        self.keys.insert(entry, found.clone());
        found
    }

    /// A resource of one of the forms that meets the literals.
    pub(crate) fn resource(
        &mut self,
        scene: &Scene<'_>,
        forms: &Forms,
        literals: &[Literal],
        reading: Reading,
    ) -> Solved<Box<str>> {
        let tests: Vec<_> = literals
            .iter()
            .filter_map(|literal| Some((scene.atoms.get(literal.atom as usize)?, literal.holds)))
            .collect();
        let entry = (forms.number, reading, identities(&tests));
        if let Some(found) = self.resources.get(&entry) {
            return found.clone();
        }
        let tests: Vec<_> = tests
            .iter()
            .filter_map(|(atom, holds)| match &atom.matter {
                Matter::Resource(test) => Some((&test.pattern, *holds)),
                Matter::Key(..) | Matter::Open { .. } => None,
            })
            .collect();
        let question = ResourceTests { forms: &forms.forms, tests: &tests, context: &scene.context, reading };
        let found = theory::resource(&question);
        if MOST < self.resources.len() {
            self.resources.clear();
        }
        self.resources.insert(entry, found.clone());
        found
    }
}

fn identities(tests: &[(&crate::fold::Atom, bool)]) -> Box<[(Identity, bool)]> {
    let mut all: Vec<_> = tests.iter().map(|(atom, holds)| (atom.identity.clone(), *holds)).collect();
    all.sort_unstable();
    all.into()
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
