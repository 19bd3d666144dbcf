//! How patterns stand to texts and to each other.

use portcullis_iam::condition::Case;
use portcullis_iam::pattern::Part;

use super::product::{Goal, search};
use super::{Glob, Token};
use crate::theory::{Solved, Work};

/// Whether some text is covered by both patterns.
pub fn intersects(left: &[Part<'_>], right: &[Part<'_>]) -> Solved<Box<str>> {
    let [left, right] = [left, right].map(|parts| [Glob::of_parts(parts, Case::Sensitive)]);
    let goal = Goal { clauses: &[&left, &right], barred: &[] };
    text(search(goal, &Work::new(PAIR)))
}

/// A text that `inner` covers and `outer` does not; there is none when `outer` contains `inner`.
pub fn contains(outer: &[Part<'_>], inner: &[Part<'_>]) -> Solved<Box<str>> {
    let [outer, inner] = [outer, inner].map(|parts| [Glob::of_parts(parts, Case::Sensitive)]);
    let barred: Vec<_> = outer.iter().collect();
    let goal = Goal { clauses: &[&inner], barred: &barred };
    text(search(goal, &Work::new(PAIR)))
}

fn text(found: Solved<super::product::Word>) -> Solved<Box<str>> {
    match found {
        Solved::Some(word) => Solved::Some(word.text.into()),
        Solved::None => Solved::None,
        Solved::Unknown => Solved::Unknown,
    }
}

/// Whether no text is covered by both, as their beginnings or their ends show; false when those do not tell.
pub(super) fn are_apart(left: &Glob, right: &Glob) -> bool {
    let differ = |(left, right): (&Token, &Token)| match (left, right) {
        (Token::Char(left), Token::Char(right)) => Some(left != right),
        (Token::Char(_) | Token::One(_) | Token::Run(_), _) => None,
    };
    let (one, other) = (&left.tokens, &right.tokens);
    let at_start = one.iter().zip(other).map_while(differ).any(|differ| differ);
    let at_end = || one.iter().rev().zip(other.iter().rev()).map_while(differ).any(|differ| differ);
    left.case == right.case && (at_start || at_end())
}

/// Whether `outer` covers all that `inner` does, as its wildcards show by taking those of `inner` one by one; false
/// when that does not tell.
pub(super) fn plainly_contains(outer: &Glob, inner: &Glob) -> bool {
    let mut at = vec![0];
    let mut next = Vec::new();
    skip_runs(&outer.tokens, &mut at);
    for token in &inner.tokens {
        next.clear();
        for place in &at {
            match (outer.tokens.get(*place), token) {
                (Some(Token::Char(own)), Token::Char(character)) if own == character => next.push(place + 1),
                (Some(Token::One(class)), Token::Char(character)) if class.holds(*character) => {
                    next.push(place + 1);
                }
                (Some(Token::Run(class)), Token::Char(character)) if class.holds(*character) => {
                    next.push(*place);
                }
                (Some(Token::One(class)), Token::One(inner)) if inner <= class => next.push(place + 1),
                (Some(Token::Run(class)), Token::One(inner) | Token::Run(inner)) if inner <= class => {
                    next.push(*place);
                }
                (Some(Token::Char(_) | Token::One(_) | Token::Run(_)) | None, _) => {}
            }
        }
        if next.is_empty() {
            return false;
        }
        skip_runs(&outer.tokens, &mut next);
        std::mem::swap(&mut at, &mut next);
    }
    outer.case == inner.case && at.last() == Some(&outer.tokens.len())
}

/// Whether `tokens` cover the whole of `text`.
pub(super) fn covers(tokens: &[Token], text: &str) -> bool {
    let mut at = vec![0];
    let mut next = Vec::new();
    skip_runs(tokens, &mut at);
    for character in text.chars() {
        next.clear();
        for place in &at {
            match tokens.get(*place) {
                Some(Token::Char(own)) if *own == character => next.push(place + 1),
                Some(Token::One(class)) if class.holds(character) => next.push(place + 1),
                Some(Token::Run(class)) if class.holds(character) => next.push(*place),
                Some(Token::Char(_) | Token::One(_) | Token::Run(_)) | None => {}
            }
        }
        skip_runs(tokens, &mut next);
        std::mem::swap(&mut at, &mut next);
    }
    at.last() == Some(&tokens.len())
}

/// Adds the places behind runs, which may match nothing; sorted, each once.
fn skip_runs(tokens: &[Token], places: &mut Vec<usize>) {
    for index in 0..places.len() {
        if let Some(place) = places.get(index).copied()
            && matches!(tokens.get(place), Some(Token::Run(_)))
        {
            places.push(place + 1);
        }
    }
    if 1 < places.len() {
        places.sort_unstable();
        places.dedup();
    }
}

/// The work for two patterns: far more than any two need that people write.
const PAIR: usize = 1 << 22;
