//! Characters: which ones a pattern cannot tell apart, and how they read.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use portcullis_iam::condition::Case;

use super::{Glob, Token};

/// Each character in lower case, as the string operators that ignore case compare them.
pub(super) fn lower(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// The characters of a text that `token` of a pattern with this `case` stands for, the usual one first.
pub(super) fn spellings(token: char, case: Case) -> impl Iterator<Item = char> {
    let (own, upper, further): (_, _, &[char]) = match case {
        Case::Sensitive => (Some(token), None, &[]),
        Case::Ignored if token.is_ascii_uppercase() => (None, None, &[]),
        Case::Ignored if token == 'k' => (Some(token), Some('K'), &[KELVIN]),
        Case::Ignored if token.is_ascii_lowercase() => (Some(token), Some(token.to_ascii_uppercase()), &[]),
        Case::Ignored if token.is_ascii() => (Some(token), None, &[]),
        Case::Ignored => {
            let own = (lower_of(token) == Some(token)).then_some(token);
            (own, None, capitals().get(&token).map_or(&[], Vec::as_slice))
        }
    };
    own.into_iter().chain(upper).chain(further.iter().copied())
}

/// Whether a text in lower case has a character which is one part of the lower case of some other: `İ` is the only
/// character with a lower case of two.
pub(super) fn is_part_of_a_lower_case(token: char) -> bool {
    token == DOT_ABOVE
}

/// The characters outside of ASCII with a lower case of one character that is another one, by that lower case.
fn capitals() -> &'static BTreeMap<char, Vec<char>> {
    static TABLE: OnceLock<BTreeMap<char, Vec<char>>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table: BTreeMap<char, Vec<char>> = BTreeMap::new();
        for character in '\u{80}'..=char::MAX {
            if let Some(lower) = lower_of(character).filter(|lower| *lower != character) {
                table.entry(lower).or_default().push(character);
            }
        }
        table
    })
}

/// The lower case, when it is one character.
fn lower_of(character: char) -> Option<char> {
    let mut lower = character.to_lowercase();
    lower.next().filter(|_| lower.next().is_none())
}

/// A character that stands for all those that no pattern names: one that reads well, neither `:` nor `/`.
pub(super) fn other<'g>(globs: impl Iterator<Item = &'g Glob> + Clone) -> char {
    let mut ascii = [false; 128];
    let mut beyond = Vec::new();
    for glob in globs {
        for token in &glob.tokens {
            let Token::Char(own) = token else { continue };
            for spelling in spellings(*own, glob.case) {
                match ascii.get_mut(spelling as usize) {
                    Some(named) => *named = true,
                    None => beyond.push(spelling),
                }
            }
        }
    }
    let free = |character: &char| match ascii.get(*character as usize) {
        Some(named) => !named,
        None => !beyond.contains(character),
    };
    READABLE.chars().chain('\u{a1}'..).find(free).unwrap_or('x')
}

/// Plain letters first.
const READABLE: &str = "xyzqwvjkpbnmhgutdlcrsoieaf0123456789XYZQWVJKPBNMHGUTDLCRSOIEAF-_.";
/// The sign for a kelvin, whose lower case is `k`.
const KELVIN: char = '\u{212a}';
/// The dot above, the second character of the lower case of `İ`.
const DOT_ABOVE: char = '\u{307}';

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_are_all_characters_of_the_same_lower_case() {
        let mut by_lower: BTreeMap<char, Vec<char>> = BTreeMap::new();
        for character in '\0'..=char::MAX {
            match lower_of(character) {
                Some(lower) if lower == character && ('\u{3000}'..).contains(&lower) => {}
                Some(lower) => by_lower.entry(lower).or_default().push(character),
                None => assert!(character.to_lowercase().skip(1).all(is_part_of_a_lower_case), "{character}"),
            }
        }
        for (lower, mut expected) in by_lower.into_iter().filter(|(lower, _)| *lower < '\u{3000}') {
            let mut found: Vec<_> = spellings(lower, Case::Ignored).collect();
            found.sort_unstable();
            expected.sort_unstable();
            assert_eq!(found, expected, "{lower}");
        }
    }
}
