//! The nearest known word to a misspelt one.

/// The candidate that is fewest edits away from `word`, ignoring ASCII case; none when all are too far.
///
/// One edit is allowed per four characters, and at least one. Of equally near candidates, one with the same letters in
/// another order wins, then the first.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let word = word.to_ascii_lowercase();
    let mut allowed = (word.len() / 4).clamp(1, 3);
    let mut best = None;
    for candidate in candidates.into_iter().filter(|_| !word.is_empty()) {
        let other = candidate.to_ascii_lowercase();
        let Some(distance) = distance_within(&word, &other, allowed) else { continue };
        let rank = (distance, letters(&word) != letters(&other));
        if best.is_none_or(|(_, least)| rank < least) {
            best = Some((candidate, rank));
            allowed = distance;
        }
    }
    best.map(|(candidate, _)| candidate)
}

fn letters(word: &str) -> Vec<u8> {
    let mut letters = word.as_bytes().to_vec();
    letters.sort_unstable();
    letters
}

/// The number of insertions, deletions, replacements and swaps of neighbours between two words, when at most `allowed`.
fn distance_within(left: &str, right: &str, allowed: usize) -> Option<usize> {
    if left.len().abs_diff(right.len()) > allowed || left.len() > MAX_WORD || right.len() > MAX_WORD {
        return None;
    }
    let (left, right) = (left.as_bytes(), right.as_bytes());
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    for (row, byte) in left.iter().enumerate() {
        let current = next_row(&Rows { left, right, before: &before, above: &above }, row, *byte);
        if current.iter().min().is_none_or(|least| *least > allowed) {
            return None;
        }
        before = std::mem::replace(&mut above, current);
    }
    above.last().copied().filter(|distance| *distance <= allowed)
}

struct Rows<'a> {
    left: &'a [u8],
    right: &'a [u8],
    before: &'a [usize],
    above: &'a [usize],
}

fn next_row(rows: &Rows<'_>, row: usize, byte: u8) -> Vec<usize> {
    let far = usize::MAX / 2;
    let cell = |cells: &[usize], column: usize| cells.get(column).copied().unwrap_or(far);
    let mut current = vec![row + 1];
    let mut last = row + 1;
    for (column, other) in rows.right.iter().enumerate() {
        let replaced = cell(rows.above, column) + usize::from(byte != *other);
        let inserted = last + 1;
        let deleted = cell(rows.above, column + 1) + 1;
        let is_swap = row > 0
            && column > 0
            && rows.left.get(row - 1) == Some(other)
            && rows.right.get(column - 1) == Some(&byte);
        let swapped = if is_swap { cell(rows.before, column - 1) + 1 } else { far };
        last = replaced.min(inserted).min(deleted).min(swapped);
        current.push(last);
    }
    current
}

/// Longer words than this are no misspelling of anything that AWS has.
const MAX_WORD: usize = 128;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        let words = ["Resource", "NotResource", "Action", "StringLike"];
        assert_eq!(nearest("Resorce", words), Some("Resource"));
        assert_eq!(nearest("action", words), Some("Action"));
        assert_eq!(nearest("Actoin", words), Some("Action"));
        assert_eq!(nearest("StringLikes", words), Some("StringLike"));
        assert_eq!(nearest("Conditions", words), None);
        assert_eq!(nearest("", words), None);
        assert_eq!(nearest("", ["q"]), None);
        assert_eq!(nearest("aim", ["acm", "iam", "aps"]), Some("iam"));
    }
}
