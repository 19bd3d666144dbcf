//! Terms of sort Bool, folded as they are built.

use std::collections::BTreeSet;
use std::fmt;
use std::rc::Rc;

/// A formula.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Term {
    True,
    False,
    /// The text of a term of sort Bool.
    Text(Rc<str>),
}

/// What holds for certain, and what may hold, given what nobody could read.
///
/// They are one formula but where a fact is hidden, a policy could not be read, or AWS documents nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Holds {
    pub(super) must: Term,
    pub(super) may: Term,
}

impl Term {
    /// The term that is written so.
    pub(super) fn new(text: impl Into<Rc<str>>) -> Self {
        Self::Text(text.into())
    }

    /// True when all of `terms` are.
    pub(super) fn all(terms: impl IntoIterator<Item = Term>) -> Self {
        Self::join("and", Self::True, Self::False, terms)
    }

    /// True when any of `terms` is.
    pub(super) fn any(terms: impl IntoIterator<Item = Term>) -> Self {
        Self::join("or", Self::False, Self::True, terms)
    }

    /// True when it is false.
    pub(super) fn not(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Text(text) => match text.strip_prefix("(not ").and_then(|rest| rest.strip_suffix(')')) {
                Some(inner) => Self::new(inner),
                None => Self::new(format!("(not {text})")),
            },
        }
    }

    fn join(word: &str, neutral: Self, winner: Self, terms: impl IntoIterator<Item = Term>) -> Self {
        let mut seen = BTreeSet::new();
        let mut kept = Vec::new();
        for term in terms {
            if term == winner {
                return winner;
            }
            if term != neutral && seen.insert(term.clone()) {
                kept.push(term.to_string());
            }
        }
        match kept.as_slice() {
            [] => neutral,
            [only] => Self::new(only.as_str()),
            _ => Self::new(format!("({word} {})", kept.join(" "))),
        }
    }
}

impl From<bool> for Term {
    fn from(holds: bool) -> Self {
        if holds { Self::True } else { Self::False }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::True => "true",
            Self::False => "false",
            Self::Text(text) => text,
        })
    }
}

impl Holds {
    /// Nobody knows.
    pub(super) const MAYBE: Self = Self { must: Term::False, may: Term::True };

    pub(super) fn and(self, other: Self) -> Self {
        Self { must: Term::all([self.must, other.must]), may: Term::all([self.may, other.may]) }
    }

    pub(super) fn or(self, other: Self) -> Self {
        Self { must: Term::any([self.must, other.must]), may: Term::any([self.may, other.may]) }
    }

    pub(super) fn not(self) -> Self {
        Self { must: self.may.not(), may: self.must.not() }
    }

    pub(super) fn all(holds: impl IntoIterator<Item = Self>) -> Self {
        let (must, may): (Vec<_>, Vec<_>) = holds.into_iter().map(|one| (one.must, one.may)).unzip();
        Self { must: Term::all(must), may: Term::all(may) }
    }

    pub(super) fn any(holds: impl IntoIterator<Item = Self>) -> Self {
        let (must, may): (Vec<_>, Vec<_>) = holds.into_iter().map(|one| (one.must, one.may)).unzip();
        Self { must: Term::any(must), may: Term::any(may) }
    }
}

impl From<Term> for Holds {
    fn from(term: Term) -> Self {
        Self { must: term.clone(), may: term }
    }
}

impl From<bool> for Holds {
    fn from(holds: bool) -> Self {
        Term::from(holds).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_folds_away() {
        let x = || Term::new("x");
        assert_eq!(Term::all([Term::True, x(), x()]), x());
        assert_eq!(Term::any([Term::False, x(), Term::True]), Term::True);
        assert_eq!(Term::any([x(), Term::new("y")]).not().to_string(), "(not (or x y))");
        assert_eq!(x().not().not(), x());
        assert_eq!(Holds::MAYBE.not(), Holds::MAYBE);
    }
}
