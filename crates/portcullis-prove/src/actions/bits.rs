//! Sets of actions as bits.

/// A set of actions of the catalogue, by their place in it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Bits(Box<[u64]>);

impl Bits {
    /// The empty set among `size` actions.
    pub(crate) fn empty(size: usize) -> Self {
        Self(vec![0; size.div_ceil(64)].into())
    }

    /// All of `size` actions.
    pub(crate) fn full(size: usize) -> Self {
        let mut bits = Self(vec![u64::MAX; size.div_ceil(64)].into());
        let rest = size % 64;
        if let (Some(last), true) = (bits.0.last_mut(), rest != 0) {
            *last = (1 << rest) - 1;
        }
        bits
    }

    /// Adds the action at `place`.
    pub(crate) fn insert(&mut self, place: usize) {
        if let Some(word) = self.0.get_mut(place / 64) {
            *word |= 1 << (place % 64);
        }
    }

    /// Whether the action at `place` is in it.
    pub(crate) fn contains(&self, place: usize) -> bool {
        self.0.get(place / 64).is_some_and(|word| word >> (place % 64) & 1 == 1)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// How many actions are in it.
    pub(crate) fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Adds what is in `other`.
    pub(crate) fn add(&mut self, other: &Bits) {
        for (own, other) in self.0.iter_mut().zip(&other.0) {
            *own |= other;
        }
    }

    /// Removes what is in `other`.
    pub(crate) fn remove(&mut self, other: &Bits) {
        for (own, other) in self.0.iter_mut().zip(&other.0) {
            *own &= !other;
        }
    }

    /// Removes what is not in `other`.
    pub(crate) fn keep(&mut self, other: &Bits) {
        for (own, other) in self.0.iter_mut().zip(&other.0) {
            *own &= other;
        }
    }

    /// Whether the two have an action in common.
    pub(crate) fn meets(&self, other: &Bits) -> bool {
        self.0.iter().zip(&other.0).any(|(own, other)| own & other != 0)
    }

    /// Whether `other` has all of its actions.
    pub(crate) fn is_within(&self, other: &Bits) -> bool {
        self.0.iter().zip(&other.0).all(|(own, other)| own & !other == 0)
    }

    /// The places of its actions, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(index, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = (rest != 0).then(|| rest.trailing_zeros() as usize)?;
                rest &= rest - 1;
                Some(index * 64 + bit)
            })
        })
    }
}

impl std::fmt::Debug for Bits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(places: &[usize]) -> Bits {
        let mut bits = Bits::empty(130);
        places.iter().for_each(|place| bits.insert(*place));
        bits
    }

    #[test]
    fn sets_behave_as_sets() {
        let (one, other) = (set(&[0, 63, 64, 129]), set(&[63, 100]));
        let mut both = one.clone();
        both.add(&other);
        assert_eq!(both.iter().collect::<Vec<_>>(), [0, 63, 64, 100, 129]);
        both.remove(&one);
        assert_eq!(both, set(&[100]));
        both.keep(&one);
        assert!(both.is_empty());
        assert!(one.meets(&other) && !both.meets(&other));
        assert_eq!(one.count(), 4);
        assert!(set(&[63]).is_within(&one) && !other.is_within(&one));
        assert_eq!(Bits::full(130).count(), 130);
        assert!(one.contains(129) && !one.contains(128));
    }
}
