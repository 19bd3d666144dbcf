//! Text with wildcards, as the policy language has them: `*` is any run of characters, `?` is any one.

/// One piece of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// This character.
    Literal(char),
    /// `?`: any one character.
    AnyOne,
    /// `*`: any run of characters, the empty one included.
    AnyRun,
}

/// The pieces of `text`, every `*` and `?` of it a wildcard.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    text.chars()
        .map(|character| match character {
            '*' => Piece::AnyRun,
            '?' => Piece::AnyOne,
            literal => Piece::Literal(literal),
        })
        .collect()
}

/// The pieces of `text`, all of it literal.
pub(super) fn literal(text: &str) -> Vec<Piece> {
    text.chars().map(Piece::Literal).collect()
}

/// Whether `pattern` matches the whole of `text`.
pub(super) fn matches(pattern: &[Piece], text: &str) -> bool {
    matches_where(pattern, text, |_, _| true)
}

/// Whether `pattern` matches the whole of `text`, whatever the case of their letters.
pub(super) fn matches_ignore_case(pattern: &[Piece], text: &str) -> bool {
    let lower = |piece: &Piece| match *piece {
        Piece::Literal(letter) => letter.to_lowercase().map(Piece::Literal).collect(),
        wildcard @ (Piece::AnyOne | Piece::AnyRun) => vec![wildcard],
    };
    let pattern: Vec<Piece> = pattern.iter().flat_map(lower).collect();
    let text: String = text.chars().flat_map(char::to_lowercase).collect();
    matches(&pattern, &text)
}

/// Whether `pattern` matches the whole of `text`, where the wildcard at an index may stand for a character only
/// if `may` says so.
///
/// `reached` holds, for every prefix of the text, whether the pieces seen so far match exactly that prefix.
pub(super) fn matches_where(pattern: &[Piece], text: &str, may: impl Fn(usize, char) -> bool) -> bool {
    let text: Vec<char> = text.chars().collect();
    let mut reached = vec![false; text.len() + 1];
    if let Some(empty) = reached.first_mut() {
        *empty = true;
    }
    for (index, piece) in pattern.iter().enumerate() {
        reached = step(&reached, &text, *piece, |character| may(index, character));
    }
    reached.last() == Some(&true)
}

/// The prefixes of `text` that match once `piece` has been added to a pattern that matches the prefixes `before`.
fn step(before: &[bool], text: &[char], piece: Piece, may: impl Fn(char) -> bool) -> Vec<bool> {
    let mut after = vec![piece == Piece::AnyRun && before.first() == Some(&true)];
    for ((shorter, same), character) in before.iter().zip(before.iter().skip(1)).zip(text) {
        let matches = match piece {
            Piece::Literal(literal) => *shorter && *character == literal,
            Piece::AnyOne => *shorter && may(*character),
            // The run is empty here, or a run that ended one character earlier goes on.
            Piece::AnyRun => *same || (after.last() == Some(&true) && may(*character)),
        };
        after.push(matches);
    }
    after
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_match_runs_and_single_characters() {
        let yes =
            [("", ""), ("*", ""), ("*", "ab"), ("a?c", "abc"), ("a*c", "ac"), ("a*b*", "axbyb"), ("?*", "é")];
        let no = [("", "a"), ("?", ""), ("a?c", "ac"), ("a*c", "ab"), ("A", "a"), ("??", "é")];
        for (pattern, text) in yes {
            assert!(matches(&pieces(pattern), text), "{pattern} should match {text}");
        }
        for (pattern, text) in no {
            assert!(!matches(&pieces(pattern), text), "{pattern} should not match {text}");
        }
    }

    #[test]
    fn a_hostile_pattern_costs_no_more_than_its_length_times_the_text() {
        assert!(!matches(&pieces(&"a*".repeat(500)), &"a".repeat(499)));
    }
}
