//! The fewest of some sets that cover everything: exactly where that takes few steps, else nearly.

use std::collections::BTreeSet;

/// Sets that cover everything together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cover {
    /// Their places among those that there are, in order.
    pub(super) chosen: Vec<usize>,
    /// Whether no fewer sets would do.
    pub(super) is_least: bool,
}

/// How much the exact search may look at: sets, for each number that is left.
const WORK: usize = 20_000_000;

/// The fewest of `sets` that cover the numbers below `count`; every number is in some set.
pub(super) fn least(count: usize, sets: &[BTreeSet<usize>]) -> Cover {
    let mut problem = Problem::new(count, sets);
    let mut chosen = problem.settle();
    let mut search = Search { best: problem.greedy(), work: WORK, problem: &problem };
    search.choose(&mut Vec::new(), &problem.left);
    let is_least = 0 < search.work;
    chosen.extend(search.best);
    chosen.sort_unstable();
    Cover { chosen, is_least }
}

/// What is still to be covered, and with what.
struct Problem<'s> {
    sets: &'s [BTreeSet<usize>],
    /// The numbers that are not covered yet.
    left: BTreeSet<usize>,
    /// For each number the sets that it is in, but for those that are part of another set.
    of: Vec<Vec<usize>>,
}

impl<'s> Problem<'s> {
    fn new(count: usize, sets: &'s [BTreeSet<usize>]) -> Self {
        let mut of = vec![Vec::new(); count];
        for (place, set) in sets.iter().enumerate() {
            set.iter().for_each(|own| of.get_mut(*own).into_iter().for_each(|places| places.push(place)));
        }
        let is_part = |place: usize| {
            let Some(set) = sets.get(place) else { return true };
            let beside = set.first().and_then(|own| of.get(*own)).into_iter().flatten();
            beside.filter_map(|other| Some((*other, sets.get(*other)?))).any(|(other, wider)| {
                other != place && set.is_subset(wider) && (set.len() < wider.len() || other < place)
            })
        };
        let parts: Vec<bool> = (0..sets.len()).map(is_part).collect();
        for places in &mut of {
            places.retain(|place| parts.get(*place) == Some(&false));
        }
        Self { sets, left: (0..count).collect(), of }
    }

    fn places(&self, own: usize) -> &[usize] {
        self.of.get(own).map_or(&[], Vec::as_slice)
    }

    fn set(&self, place: usize) -> impl Iterator<Item = &usize> {
        self.sets.get(place).into_iter().flatten()
    }

    /// Takes the sets that are the only ones for some number.
    fn settle(&mut self) -> Vec<usize> {
        let only: BTreeSet<usize> = self
            .of
            .iter()
            .filter_map(|places| if let [only] = places.as_slice() { Some(*only) } else { None })
            .collect();
        let covered: BTreeSet<usize> = only.iter().flat_map(|place| self.set(*place)).copied().collect();
        self.left.retain(|own| !covered.contains(own));
        only.into_iter().collect()
    }

    /// Takes the set that covers most of what is left, again and again: at most `1 + ln count` times too many.
    fn greedy(&self) -> Vec<usize> {
        let mut left = self.left.clone();
        let mut chosen = Vec::new();
        while let Some(best) = self.widest(&left) {
            let covered: BTreeSet<usize> = self.set(best).copied().collect();
            left.retain(|own| !covered.contains(own));
            chosen.push(best);
        }
        chosen
    }

    /// The first of the sets that cover most of what is left.
    fn widest(&self, left: &BTreeSet<usize>) -> Option<usize> {
        let candidates: BTreeSet<usize> = left.iter().flat_map(|own| self.places(*own)).copied().collect();
        let covers = |place: &usize| self.set(*place).filter(|own| left.contains(own)).count();
        candidates.into_iter().rev().max_by_key(covers)
    }
}

struct Search<'p, 's> {
    problem: &'p Problem<'s>,
    best: Vec<usize>,
    work: usize,
}

impl Search<'_, '_> {
    /// Tries every set that covers the number which fewest sets cover.
    fn choose(&mut self, chosen: &mut Vec<usize>, left: &BTreeSet<usize>) {
        if left.is_empty() {
            if chosen.len() < self.best.len() {
                self.best.clone_from(chosen);
            }
            return;
        }
        let problem = self.problem;
        let looked_at: usize = left.iter().map(|own| problem.places(*own).len()).sum();
        self.work = self.work.saturating_sub(looked_at);
        let most = problem
            .widest(left)
            .map_or(1, |place| problem.set(place).filter(|own| left.contains(own)).count());
        if self.work == 0 || self.best.len() <= chosen.len() + left.len().div_ceil(most.max(1)) {
            return;
        }
        let narrowest = left.iter().min_by_key(|own| problem.places(**own).len());
        for place in narrowest.map_or(&[][..], |own| problem.places(*own)) {
            let covered: BTreeSet<usize> = problem.set(*place).copied().collect();
            let rest = left.difference(&covered).copied().collect();
            chosen.push(*place);
            self.choose(chosen, &rest);
            chosen.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn covers(count: usize, sets: &[BTreeSet<usize>], chosen: &[usize]) -> bool {
        (0..count).all(|own| chosen.iter().any(|place| sets[*place].contains(&own)))
    }

    proptest! {
        #[test]
        fn no_fewer_sets_cover_everything(
            count in 1..7_usize,
            more in proptest::collection::vec(proptest::collection::btree_set(0..7_usize, 1..5), 0..7),
        ) {
            let alone = (0..count).map(|own| BTreeSet::from([own]));
            let sets: Vec<BTreeSet<usize>> = alone.chain(more).collect();
            let cover = least(count, &sets);
            prop_assert!(cover.is_least && covers(count, &sets, &cover.chosen));
            let fewest = (0..1_u32 << sets.len())
                .filter(|choice| {
                    let chosen: Vec<usize> = (0..sets.len()).filter(|place| choice >> place & 1 == 1).collect();
                    covers(count, &sets, &chosen)
                })
                .map(u32::count_ones)
                .min();
            prop_assert_eq!(Some(cover.chosen.len() as u32), fewest);
            let problem = Problem::new(count, &sets);
            prop_assert!(covers(count, &sets, &problem.greedy()));
        }
    }
}
