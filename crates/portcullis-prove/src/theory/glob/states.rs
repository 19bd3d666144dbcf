//! The states that a search has reached.

/// States, each with the step that led to it.
#[derive(Debug)]
pub(super) struct States {
    /// How many words a state has.
    words: usize,
    bits: Vec<u64>,
    steps: Vec<Step>,
    /// Places in `steps`, shifted by one, at the digest of their bits; a power of two of them.
    table: Vec<u32>,
}

/// How a state was reached.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    /// From which state; the first state has none.
    pub(super) from: Option<u32>,
    /// With which character.
    pub(super) character: char,
    /// How many characters led to it in all.
    pub(super) depth: usize,
}

impl States {
    pub(super) fn new(words: usize) -> Self {
        Self {
            words,
            bits: Vec::with_capacity(64 * words),
            steps: Vec::with_capacity(64),
            table: vec![0; 128],
        }
    }

    /// The bits of a state.
    pub(super) fn get(&self, index: u32) -> &[u64] {
        let from = index as usize * self.words;
        self.bits.get(from..from + self.words).unwrap_or_default()
    }

    pub(super) fn depth(&self, index: u32) -> usize {
        self.steps.get(index as usize).map_or(0, |step| step.depth)
    }

    /// The place of a state that was not reached before.
    pub(super) fn insert(&mut self, state: &[u64], step: Step) -> Option<u32> {
        if self.table.len() <= 2 * self.steps.len() {
            self.grow();
        }
        let slot = self.slot(state)?;
        let index = u32::try_from(self.steps.len()).ok()?;
        *self.table.get_mut(slot)? = index + 1;
        self.bits.extend_from_slice(state);
        self.steps.push(step);
        Some(index)
    }

    /// The text that led to a state.
    pub(super) fn text(&self, index: u32) -> String {
        let mut characters = Vec::new();
        let mut at = self.steps.get(index as usize);
        while let Some(Step { from: Some(from), character, .. }) = at {
            characters.push(*character);
            at = self.steps.get(*from as usize);
        }
        characters.iter().rev().collect()
    }

    /// The empty place of the table for `state`; none, when the state is there.
    fn slot(&self, state: &[u64]) -> Option<usize> {
        let mask = self.table.len() - 1;
        let mut slot = digest(state) & mask;
        loop {
            match self.table.get(slot)?.checked_sub(1) {
                None => return Some(slot),
                Some(index) if self.get(index) == state => return None,
                Some(_) => slot = (slot + 1) & mask,
            }
        }
    }

    fn grow(&mut self) {
        self.table = vec![0; 4 * self.table.len()];
        for index in 0..self.steps.len() as u32 {
            if let Some(slot) = self.slot(self.get(index))
                && let Some(entry) = self.table.get_mut(slot)
            {
                *entry = index + 1;
            }
        }
    }
}

/// States of which no other needs to be looked at that one of them can stand in for.
#[derive(Debug)]
pub(super) struct Front {
    bits: Vec<u64>,
    /// Which of them gives way to the next one, when there are as many as are kept.
    oldest: usize,
}

impl Front {
    pub(super) fn new() -> Self {
        Self { bits: Vec::new(), oldest: 0 }
    }

    /// How many there are.
    pub(super) fn len(&self, words: usize) -> usize {
        self.bits.len() / words
    }

    /// Whether one of them can stand in for `state`: it has all of its places in `wanted`, and no place beside those
    /// of `state` elsewhere.
    pub(super) fn covers(&self, state: &[u64], wanted: &[u64]) -> bool {
        self.bits.chunks_exact(state.len()).any(|own| {
            let mut words = own.iter().zip(state).zip(wanted);
            words.all(|((own, state), wanted)| (state & !own & wanted) | (own & !state & !wanted) == 0)
        })
    }

    pub(super) fn add(&mut self, state: &[u64]) {
        let words = state.len();
        if self.len(words) < KEPT {
            self.bits.extend_from_slice(state);
            return;
        }
        let at = self.oldest * words;
        if let Some(own) = self.bits.get_mut(at..at + words) {
            own.copy_from_slice(state);
        }
        self.oldest = (self.oldest + 1) % KEPT;
    }
}

/// How many states are kept: to compare with more takes longer than to look at what they stand in for.
const KEPT: usize = 1_024;

fn digest(state: &[u64]) -> usize {
    let mix = |mixed: u64, word: &u64| (mixed.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = state.iter().fold(0, mix);
    (mixed ^ mixed >> 32) as usize
}

/// States to look at, those nearest to the goal first.
#[derive(Debug, Default)]
pub(super) struct Queue {
    /// By the length of the text that is needed at best.
    by_length: Vec<Vec<u32>>,
    /// No shorter length has any.
    first: usize,
}

impl Queue {
    pub(super) fn push(&mut self, length: usize, state: u32) {
        if self.by_length.len() <= length {
            self.by_length.resize_with(length + 1, Vec::new);
        }
        if let Some(states) = self.by_length.get_mut(length) {
            states.push(state);
        }
        self.first = self.first.min(length);
    }

    pub(super) fn pop(&mut self) -> Option<u32> {
        loop {
            if let Some(state) = self.by_length.get_mut(self.first)?.pop() {
                return Some(state);
            }
            self.first += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(from: Option<u32>, depth: usize) -> Step {
        Step { from, character: 'x', depth }
    }

    #[test]
    fn every_state_is_reached_once_however_many_there_are() {
        let mut states = States::new(2);
        for number in 0..1_000_u64 {
            let from = number.checked_sub(1).map(|before| before as u32);
            assert_eq!(states.insert(&[number, !number], step(from, number as usize)), Some(number as u32));
        }
        for number in 0..1_000_u64 {
            assert_eq!(states.insert(&[number, !number], step(None, 0)), None, "{number}");
            assert_eq!(states.get(number as u32), &[number, !number]);
            assert_eq!(states.depth(number as u32), number as usize);
        }
        assert_eq!(states.text(3), "xxx");
    }

    /// What covering means, place by place.
    fn covers(own: u64, state: u64, wanted: u64) -> bool {
        (0..64).all(|place| {
            let has = |bits: u64| bits >> place & 1 == 1;
            if has(wanted) { has(own) || !has(state) } else { has(state) || !has(own) }
        })
    }

    #[test]
    fn a_state_stands_in_for_another_place_by_place() {
        for own in 0..8_u64 {
            for state in 0..8_u64 {
                for wanted in 0..8_u64 {
                    let mut front = Front::new();
                    front.add(&[0, own]);
                    // The first word of one and the other is the same, and in the way of nothing.
                    let found = front.covers(&[0, state], &[0, wanted]);
                    assert_eq!(found, covers(own, state, wanted), "{own:b} {state:b} {wanted:b}");
                }
            }
        }
    }

    #[test]
    fn the_oldest_state_gives_way() {
        let mut front = Front::new();
        let add = |front: &mut Front, state: u64| front.add(&[1 << (state % 64), state / 64]);
        for state in 0..KEPT as u64 {
            assert_eq!(front.len(2), state as usize);
            add(&mut front, state);
        }
        add(&mut front, 5_000 * 64);
        add(&mut front, 6_000 * 64 + 1);
        assert_eq!(front.len(2), KEPT);
        let kept = |state: u64| front.bits.chunks_exact(2).any(|own| own == [1 << (state % 64), state / 64]);
        assert!(!kept(0) && !kept(1) && kept(2) && kept(5_000 * 64) && kept(6_000 * 64 + 1));
    }
}
