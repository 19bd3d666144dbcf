//! How patterns stand to texts and to each other.

use portcullis_iam::condition::Case;
use portcullis_iam::pattern::Part;

use super::product::{Budget, Goal, search};
use super::{Glob, Token};
use crate::theory::Solved;

/// Whether some text is covered by both patterns.
pub fn intersects(left: &[Part<'_>], right: &[Part<'_>]) -> Solved<Box<str>> {
    let [left, right] = [left, right].map(|parts| [Glob::of_parts(parts, Case::Sensitive)]);
    let goal = Goal { clauses: &[&left, &right], barred: &[] };
    text(search(goal, &mut Budget(PAIR)))
}

/// A text that `inner` covers and `outer` does not; there is none when `outer` contains `inner`.
pub fn contains(outer: &[Part<'_>], inner: &[Part<'_>]) -> Solved<Box<str>> {
    let [outer, inner] = [outer, inner].map(|parts| [Glob::of_parts(parts, Case::Sensitive)]);
    let barred: Vec<_> = outer.iter().collect();
    let goal = Goal { clauses: &[&inner], barred: &barred };
    text(search(goal, &mut Budget(PAIR)))
}

fn text(found: Solved<super::product::Word>) -> Solved<Box<str>> {
    match found {
        Solved::Some(word) => Solved::Some(word.text.into()),
        Solved::None => Solved::None,
        Solved::Unknown => Solved::Unknown,
    }
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
    places.sort_unstable();
    places.dedup();
}

/// The work for two patterns: far more than any two need that people write.
const PAIR: usize = 1 << 22;
