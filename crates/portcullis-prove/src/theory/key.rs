//! A condition key: absent, one value, or several.

use portcullis_iam::catalog::{self, catalog};
use portcullis_iam::condition::{Matcher, Quantifier, Test};
use portcullis_iam::{Context, KeyState, Truth, Values};

use super::value::{Kind, ValueTests, candidates, value};
use super::{KeyTests, Solved};
use crate::facts::{Domain, Optional};

/// A state of the key that meets every test.
pub fn key(question: &KeyTests<'_>) -> Solved<KeyState> {
    let may_lack = matches!(question.domain, Domain::Free { absent: Optional::Yes });
    if may_lack && meets(question, &KeyState::Absent) {
        return Solved::Some(KeyState::Absent);
    }
    let info = catalog().condition_key(question.key.as_str());
    let kind = Kind::of(question.domain, info.as_ref());
    if refers_to_itself(question) {
        return try_candidates(question, kind);
    }
    let shapes: &[Shape] = match info {
        Some(catalog::KeyInfo { multivalued: true, .. }) => &[Shape::Many],
        Some(catalog::KeyInfo { multivalued: false, .. }) => &[Shape::One],
        None if matches!(question.domain, Domain::Since(_)) => &[Shape::One],
        None => &[Shape::One, Shape::Many],
    };
    let mut unknown = false;
    for shape in shapes {
        let solved = match shape {
            Shape::One => one(question, kind),
            Shape::Many => many(question, kind),
        };
        match solved {
            Solved::Some(state) if meets(question, &state) => return Solved::Some(state),
            Solved::Some(_) | Solved::Unknown => unknown = true,
            Solved::None => {}
        }
    }
    if unknown { Solved::Unknown } else { Solved::None }
}

/// How many values a request may carry.
#[derive(Clone, Copy, Debug)]
enum Shape {
    One,
    Many,
}

/// A single value.
fn one(question: &KeyTests<'_>, kind: Kind) -> Solved<KeyState> {
    let mut tests = Vec::with_capacity(question.tests.len());
    for (matcher, holds) in question.tests {
        match (matcher.operator().test, present(question, matcher)) {
            (Test::Null, truth) if question.reading.counts(truth, *holds) => {}
            (Test::Null, _) => return Solved::None,
            (_, _) => tests.push((*matcher, *holds)),
        }
    }
    match value(&tests_of(question, kind, &tests)) {
        Solved::Some(text) => Solved::Some(KeyState::Known(Values::One(text))),
        Solved::None => Solved::None,
        Solved::Unknown => Solved::Unknown,
    }
}

/// One value or more: each must meet what all must meet, and for each test that some value must meet there is one that
/// meets it beside.
fn many(question: &KeyTests<'_>, kind: Kind) -> Solved<KeyState> {
    let (mut all, mut some) = (Vec::new(), Vec::new());
    for (matcher, holds) in question.tests {
        let operator = matcher.operator();
        let constant = match (operator.test, operator.quantifier) {
            (Test::Null, _) => present(question, matcher),
            (_, Quantifier::Single) => Truth::False,
            (_, Quantifier::ForAllValues | Quantifier::ForAnyValue) => {
                let for_all = (operator.quantifier == Quantifier::ForAllValues) == *holds;
                if for_all { &mut all } else { &mut some }.push((*matcher, *holds));
                continue;
            }
        };
        if !question.reading.counts(constant, *holds) {
            return Solved::None;
        }
    }
    if some.is_empty() {
        return values(question, kind, &[all]);
    }
    let with = |test| all.iter().copied().chain([test]).collect();
    let elements: Vec<_> = some.into_iter().map(with).collect();
    values(question, kind, &elements)
}

/// A value for each of `elements`.
fn values(question: &KeyTests<'_>, kind: Kind, elements: &[Vec<(&Matcher, bool)>]) -> Solved<KeyState> {
    let mut found: Vec<Box<str>> = Vec::new();
    let mut unknown = false;
    for tests in elements {
        let tests = tests_of(question, kind, tests);
        if found.iter().any(|text| tests.are_met_by(text)) {
            continue;
        }
        match value(&tests) {
            Solved::Some(text) => found.push(text),
            Solved::None => return Solved::None,
            Solved::Unknown => unknown = true,
        }
    }
    if unknown { Solved::Unknown } else { Solved::Some(KeyState::Known(Values::Many(found))) }
}

/// What `Null` makes of a key that is present.
fn present(question: &KeyTests<'_>, matcher: &Matcher) -> Truth {
    matcher.holds_when(&KeyState::Known(Values::One("present".into())), question.context)
}

fn tests_of<'t, 'q>(
    question: &KeyTests<'q>,
    kind: Kind,
    tests: &'t [(&'q Matcher, bool)],
) -> ValueTests<'t, 'q> {
    ValueTests { kind, tests, context: question.context, reading: question.reading, work: question.work }
}

fn meets(question: &KeyTests<'_>, state: &KeyState) -> bool {
    let met = |(matcher, holds): &(&Matcher, bool)| {
        question.reading.counts(matcher.holds_when(state, question.context), *holds)
    };
    question.tests.iter().all(met)
}

/// Whether a test compares the key with a variable that is the key.
fn refers_to_itself(question: &KeyTests<'_>) -> bool {
    question.tests.iter().any(|(matcher, _)| matcher.variables().any(|key| key == question.key))
}

/// The states that come to mind, each with the variables having its value.
fn try_candidates(question: &KeyTests<'_>, kind: Kind) -> Solved<KeyState> {
    let tests = tests_of(question, kind, question.tests);
    let one = |text: String| KeyState::Known(Values::One(text.into()));
    let many = |text: String| KeyState::Known(Values::Many(vec![text.into()]));
    let texts = candidates(&tests);
    let mut states = texts.iter().cloned().map(one).chain(texts.iter().cloned().map(many));
    let found = states.find(|state| {
        let mut context: Context = question.context.clone();
        context.set(question.key.clone(), state.clone());
        let met =
            |(matcher, holds): &(&Matcher, bool)| question.reading.counts(matcher.holds(&context), *holds);
        question.tests.iter().all(met)
    });
    found.map_or(Solved::Unknown, Solved::Some)
}
