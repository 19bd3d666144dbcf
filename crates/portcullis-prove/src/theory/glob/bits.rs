//! Sets of places, 64 to a word.

/// Adds `place`.
pub(super) fn set(words: &mut [u64], place: usize) {
    if let Some(word) = words.get_mut(place / 64) {
        *word |= 1 << (place % 64);
    }
}

pub(super) fn has(words: &[u64], place: usize) -> bool {
    words.get(place / 64).is_some_and(|word| word >> (place % 64) & 1 == 1)
}

/// Whether the two have a place in common.
pub(super) fn meet(left: &[u64], right: &[u64]) -> bool {
    left.iter().zip(right).any(|(left, right)| left & right != 0)
}

/// The highest place between `from` and `to`, both included, that is in `words` and in `mask`.
pub(super) fn highest(words: &[u64], mask: Option<&[u64]>, (from, to): (usize, usize)) -> Option<usize> {
    let mut at = to / 64;
    let mut within = u64::MAX >> (63 - to % 64);
    loop {
        let wanted = mask.map_or(u64::MAX, |mask| mask.get(at).copied().unwrap_or_default());
        let found = words.get(at)? & wanted & within;
        if found != 0 {
            let place = at * 64 + 63 - found.leading_zeros() as usize;
            return (from <= place).then_some(place);
        }
        at = at.checked_sub(1).filter(|at| from / 64 <= *at)?;
        within = u64::MAX;
    }
}

/// Takes away the places from `from` to before `to`.
pub(super) fn clear(words: &mut [u64], from: usize, to: usize) {
    for (word, within) in range(words, from, to) {
        *word &= !within;
    }
}

/// Adds the places from `from` to before `to`.
pub(super) fn fill(words: &mut [u64], from: usize, to: usize) {
    for (word, within) in range(words, from, to) {
        *word |= within;
    }
}

/// The words that have a share in the places from `from` to before `to`, each with that share.
fn range(words: &mut [u64], from: usize, to: usize) -> impl Iterator<Item = (&mut u64, u64)> {
    words.iter_mut().enumerate().take(to.div_ceil(64)).skip(from / 64).map(move |(at, word)| {
        let low = if at == from / 64 { u64::MAX << (from % 64) } else { u64::MAX };
        let high = if at == to / 64 { !(u64::MAX << (to % 64)) } else { u64::MAX };
        (word, low & high)
    })
}

/// The places in both.
pub(super) fn both<'w>(left: &'w [u64], right: &'w [u64]) -> impl Iterator<Item = usize> + 'w {
    left.iter().zip(right).enumerate().flat_map(|(at, (left, right))| {
        let mut word = left & right;
        std::iter::from_fn(move || {
            let lowest = word.trailing_zeros() as usize;
            word &= word.checked_sub(1)?;
            Some(at * 64 + lowest)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_of_places_reach_over_words() {
        let places = [0, 1, 62, 63, 64, 65, 127, 128, 191];
        let mut words = [0; 3];
        places.iter().for_each(|place| set(&mut words, *place));
        assert!((0..192).all(|place| has(&words, place) == places.contains(&place)));
        assert_eq!(both(&words, &[u64::MAX; 3]).collect::<Vec<_>>(), places);
        for from in 0..192 {
            for to in from..192 {
                let within = |place: &&usize| (from..=to).contains(*place);
                let expected = places.iter().rev().find(within).copied();
                assert_eq!(highest(&words, None, (from, to)), expected, "{from} {to}");
                let mut fewer = words;
                clear(&mut fewer, from, to);
                let left = |place| has(&words, place) && !(from..to).contains(&place);
                assert!((0..192).all(|place| has(&fewer, place) == left(place)), "{from} {to}");
                let mut more = words;
                fill(&mut more, from, to);
                let added = |place| has(&words, place) || (from..to).contains(&place);
                assert!((0..192).all(|place| has(&more, place) == added(place)), "{from} {to}");
            }
        }
        let mask = [1, 0, 0];
        assert_eq!(highest(&words, Some(&mask), (0, 191)), Some(0));
        assert_eq!(highest(&words, Some(&mask), (1, 191)), None);
    }
}
