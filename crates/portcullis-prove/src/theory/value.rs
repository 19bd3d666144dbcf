//! One value of a condition key.

use std::net::IpAddr;

use portcullis_iam::catalog::{KeyInfo, KeyType};
use portcullis_iam::condition::{Family, Matcher, View, is_operand};
use portcullis_iam::{Context, Timestamp};

use super::{Reading, Solved, Work, address, binary, date, moment, number, text};
use crate::facts::Domain;

/// The tests that one value must meet.
#[derive(Clone, Copy, Debug)]
pub(super) struct ValueTests<'t, 'q> {
    pub(super) kind: Kind,
    /// Tests, and whether the value must pass each.
    pub(super) tests: &'t [(&'q Matcher, bool)],
    pub(super) context: &'q Context,
    pub(super) reading: Reading,
    pub(super) work: &'t Work,
}

/// Which values a key has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Any text but the empty one, which AWS takes for no value.
    Text,
    /// Those of a type of the catalogue that is not text, or of two.
    Typed(KeyType, Option<KeyType>),
    /// Whole seconds since 1970 from this instant on.
    Since(Timestamp),
}

impl Kind {
    /// The values of a key about which the catalogue says `info`.
    pub(super) fn of(domain: &Domain, info: Option<&KeyInfo>) -> Self {
        if let Domain::Since(start) = domain {
            return Self::Since(*start);
        }
        match info.map(|info| (info.key_type, info.other_type)) {
            None | Some((KeyType::String, _) | (_, Some(KeyType::String))) => Self::Text,
            Some((first, second)) => Self::Typed(first, second),
        }
    }

    /// Whether `text` is such a value.
    fn holds(self, text: &str) -> bool {
        match self {
            Self::Text => !text.is_empty(),
            Self::Typed(first, second) => {
                is_of(first, text) || second.is_some_and(|second| is_of(second, text))
            }
            Self::Since(start) => text.parse::<i64>().is_ok_and(|seconds| start.seconds() <= seconds),
        }
    }

    /// Whether every value is of this type.
    fn is(self, key_type: KeyType) -> bool {
        self == Self::Typed(key_type, None)
    }
}

fn is_of(key_type: KeyType, text: &str) -> bool {
    match key_type {
        KeyType::String => !text.is_empty(),
        KeyType::Arn => text.starts_with("arn:") && 5 <= text.matches(':').count(),
        KeyType::Bool => matches!(text, "true" | "false"),
        KeyType::Ip => text.parse::<IpAddr>().is_ok(),
        KeyType::Numeric | KeyType::Date | KeyType::Binary => {
            !text.is_empty() && is_operand(key_type.family(), text)
        }
    }
}

impl<'q> ValueTests<'_, 'q> {
    /// Whether the key may have this value and the value meets every test.
    pub(super) fn are_met_by(&self, text: &str) -> bool {
        self.kind.holds(text) && self.tests.iter().all(|test| self.is_met(test, text))
    }

    pub(super) fn is_met(&self, (matcher, holds): &(&Matcher, bool), text: &str) -> bool {
        self.reading.counts(matcher.passes(text, self.context), *holds)
    }

    /// The operands of each test.
    pub(super) fn views(&self) -> impl Iterator<Item = View<'q>> {
        self.tests.iter().map(|(matcher, _)| matcher.view())
    }

    /// Whether any test is of `family`, or the key of `key_type`.
    pub(super) fn concern(&self, family: Family, key_type: KeyType) -> bool {
        let is_of_type = match self.kind {
            Kind::Typed(first, second) => first == key_type || second == Some(key_type),
            Kind::Text | Kind::Since(_) => false,
        };
        is_of_type || self.families().any(|own| own == family)
    }

    fn families(&self) -> impl Iterator<Item = Family> {
        self.tests.iter().map(|(matcher, _)| matcher.operator().test.family())
    }

    fn only(&self, wanted: impl Fn(Family) -> bool) -> bool {
        self.families().all(wanted)
    }
}

/// A value that meets every test.
pub(super) fn value(tests: &ValueTests<'_, '_>) -> Solved<Box<str>> {
    if let Kind::Since(start) = tests.kind {
        // Four digits are a year to a date test, and a number to a numeric one.
        let in_order = 10_000 <= start.seconds();
        let exact = in_order && tests.only(|family| matches!(family, Family::Date | Family::Numeric));
        return finite(tests, moment::candidates(tests, start), exact);
    }
    if tests.kind.is(KeyType::Bool) {
        return finite(tests, BOOLEANS.map(str::to_owned).into(), true);
    }
    let is_text = |family| matches!(family, Family::String | Family::Arn | Family::Bool);
    if tests.only(is_text) && (tests.kind == Kind::Text || tests.kind.is(KeyType::Arn)) {
        return text::value(tests);
    }
    let single = [Family::Numeric, Family::Date, Family::Ip, Family::Binary]
        .into_iter()
        .any(|family| tests.only(|own| own == family));
    if single && is_of_one_type(tests) {
        return finite(tests, candidates(tests), true);
    }
    mixed(tests, is_text)
}

/// Whether the candidates of the tests' own family, and one value beside, show all that the tests can tell apart.
fn is_of_one_type(tests: &ValueTests<'_, '_>) -> bool {
    match tests.kind {
        Kind::Text => true,
        Kind::Typed(first, None) => tests.only(|family| first.family() == family),
        Kind::Typed(_, Some(_)) | Kind::Since(_) => false,
    }
}

/// The first candidate that meets every test. `exact`: the candidates show all that the tests can tell apart.
fn finite(tests: &ValueTests<'_, '_>, candidates: Vec<String>, exact: bool) -> Solved<Box<str>> {
    match candidates.into_iter().find(|text| tests.are_met_by(text)) {
        Some(text) => Solved::Some(text.into()),
        None if exact => Solved::None,
        None => Solved::Unknown,
    }
}

/// Tests of families that see different things in the same text. Candidates of all of them may meet them all; and
/// nothing meets them all when nothing meets some of them.
fn mixed(tests: &ValueTests<'_, '_>, is_text: impl Fn(Family) -> bool + Copy) -> Solved<Box<str>> {
    if let Some(text) = candidates(tests).into_iter().find(|text| tests.are_met_by(text)) {
        return Solved::Some(text.into());
    }
    let some = |wanted: &dyn Fn(Family) -> bool| -> Vec<(&Matcher, bool)> {
        let own = tests.tests.iter().filter(|(matcher, _)| wanted(matcher.operator().test.family()));
        own.copied().collect()
    };
    let texts = ValueTests { kind: Kind::Text, tests: &some(&is_text), ..*tests };
    let all = |text: &str| tests.are_met_by(text);
    if let Some(listed) = text::listed(&texts) {
        return match listed.into_iter().find(|text| all(text)) {
            Some(text) => Solved::Some(text),
            None => Solved::None,
        };
    }
    if text::value(&texts) == Solved::None {
        return Solved::None;
    }
    for family in [Family::Numeric, Family::Date, Family::Ip, Family::Binary] {
        let own = some(&|other| other == family);
        let own = ValueTests { kind: Kind::Text, tests: &own, ..*tests };
        if !candidates(&own).iter().any(|text| own.are_met_by(text)) {
            return Solved::None;
        }
    }
    Solved::Unknown
}

/// Values that the tests may tell apart, of every family that they have and of none; those that read best first.
pub(super) fn candidates(tests: &ValueTests<'_, '_>) -> Vec<String> {
    let mut texts = Vec::new();
    number::push_candidates(tests, &mut texts);
    date::push_candidates(tests, &mut texts);
    address::push_candidates(tests, &mut texts);
    binary::push_candidates(tests, &mut texts);
    text::push_candidates(tests, &mut texts);
    texts.extend(BOOLEANS.map(str::to_owned));
    texts
}

/// The values of a key that is a truth value.
const BOOLEANS: [&str; 2] = ["true", "false"];
