//! The search for a text that some patterns cover and others do not: all patterns are followed at once, one bit for
//! each place in each of them.

use std::collections::BTreeSet;

use super::letters::{other, spellings};
use super::{Class, Glob, Token};
use crate::theory::Solved;

/// Patterns of which a text must meet each clause and none of the rest.
#[derive(Clone, Copy, Debug)]
pub(super) struct Goal<'g> {
    /// Of each clause, one pattern must cover the text.
    pub(super) clauses: &'g [&'g [Glob]],
    /// No pattern of these may cover it.
    pub(super) barred: &'g [&'g Glob],
}

/// A text that reaches a goal, and the character in it that stands for all those that no pattern names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) other: char,
}

/// Work that may still be done, in words of 64 places.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget(pub(super) usize);

/// A text that reaches the goal; short rather than long.
pub(super) fn search(goal: Goal<'_>, budget: &mut Budget) -> Solved<Word> {
    let product = Product::new(goal);
    let mut states = States::new(product.words);
    let mut queue = Queue::default();
    let mut state = product.start.clone();
    product.skip_runs(&mut state);
    if let (Some(distance), Some(index)) = (product.distance(&state), states.insert(&state, None)) {
        queue.push(distance, index);
    }
    let mut letters = Vec::new();
    while let Some(index) = queue.pop() {
        state.clear();
        state.extend_from_slice(states.get(index));
        if product.accepts(&state) {
            return Solved::Some(Word { text: states.text(index), other: product.other });
        }
        product.letters_from(&state, &mut letters);
        let cost = (letters.len() + 1) * product.words;
        let Some(left) = budget.0.checked_sub(cost) else { return Solved::Unknown };
        budget.0 = left;
        for letter in &letters {
            let Some(next) = product.step(&state, *letter) else { continue };
            let Some(distance) = product.distance(&next) else { continue };
            let step = (index, product.character(*letter));
            if let Some(next) = states.insert(&next, Some(step)) {
                queue.push(states.depth(next) + distance, next);
            }
        }
    }
    Solved::None
}

/// The patterns of a goal side by side. A state has a bit for each place that a text can have led to: pattern after
/// pattern, one place before each token and one at the end.
#[derive(Debug)]
struct Product {
    /// How many words a state has.
    words: usize,
    /// The places before the first tokens.
    start: Vec<u64>,
    /// The places before runs.
    runs: Vec<u64>,
    /// The places at which a barred pattern covers the text, or will cover it whatever follows.
    doomed: Vec<u64>,
    /// The places at which a barred pattern covers the text if nothing follows.
    barred_ends: Vec<u64>,
    clauses: Vec<Vec<Lane>>,
    letters: Vec<Letter>,
    /// The letter that stands for all that no pattern names.
    other: char,
    /// Letters that may be worth a try wherever the text has led to.
    always: Vec<usize>,
}

/// A pattern of a clause in the bits of a state.
#[derive(Debug)]
struct Lane {
    /// Its first place.
    from: usize,
    /// Of each place: how many characters a text needs from there, and the letters that its token names.
    places: Vec<(usize, Vec<usize>)>,
}

/// What a character does to a state.
#[derive(Debug)]
struct Letter {
    character: char,
    /// The places from which it leads to the next one.
    leads: Vec<u64>,
    /// The places before runs that take it.
    stays: Vec<u64>,
}

impl Product {
    fn new(goal: Goal<'_>) -> Self {
        let clauses = || goal.clauses.iter().flat_map(|clause| clause.iter());
        let all = || clauses().chain(goal.barred.iter().copied());
        let places: usize = all().map(|glob| glob.tokens.len() + 1).sum();
        let words = places.div_ceil(64).max(1);
        let other = other(all());
        let characters = characters(clauses(), goal.barred, other);
        let always = (0..characters.len()).filter(|index| {
            characters.get(*index).is_some_and(|letter| *letter == other || is_bound_by(goal.barred, *letter))
        });
        let mut product = Self {
            words,
            start: vec![0; words],
            runs: vec![0; words],
            doomed: vec![0; words],
            barred_ends: vec![0; words],
            clauses: Vec::with_capacity(goal.clauses.len()),
            letters: Vec::with_capacity(characters.len()),
            other,
            always: always.collect(),
        };
        let letter =
            |character: &char| Letter { character: *character, leads: vec![0; words], stays: vec![0; words] };
        product.letters.extend(characters.iter().map(letter));
        let mut from = 0;
        for clause in goal.clauses {
            let mut lanes = Vec::with_capacity(clause.len());
            for glob in *clause {
                lanes.push(Lane { from, places: product.places_of(glob) });
                from = product.lay(glob, from);
            }
            product.clauses.push(lanes);
        }
        for glob in goal.barred {
            let end = product.lay(glob, from) - 1;
            set(&mut product.barred_ends, end);
            if glob.tokens.last() == Some(&Token::Run(Class::Any)) {
                set(&mut product.doomed, end - 1);
            }
            from = end + 1;
        }
        product
    }

    /// Writes the tokens of a pattern into the letters, from the place `from` on; gives the place after its last.
    fn lay(&mut self, glob: &Glob, from: usize) -> usize {
        set(&mut self.start, from);
        for (place, token) in (from..).zip(&glob.tokens) {
            match *token {
                Token::Char(own) => {
                    for spelling in spellings(own, glob.case) {
                        let letter = self.letters.iter_mut().find(|letter| letter.character == spelling);
                        if let Some(letter) = letter {
                            set(&mut letter.leads, place);
                        }
                    }
                }
                Token::One(class) => {
                    let taken = self.letters.iter_mut().filter(|letter| class.holds(letter.character));
                    taken.for_each(|letter| set(&mut letter.leads, place));
                }
                Token::Run(class) => {
                    set(&mut self.runs, place);
                    let taken = self.letters.iter_mut().filter(|letter| class.holds(letter.character));
                    taken.for_each(|letter| set(&mut letter.stays, place));
                }
            }
        }
        from + glob.tokens.len() + 1
    }

    fn places_of(&self, glob: &Glob) -> Vec<(usize, Vec<usize>)> {
        let mut needed = 0;
        let mut places = vec![(0, Vec::new())];
        for token in glob.tokens.iter().rev() {
            let mut named = Vec::new();
            match *token {
                Token::Char(own) => {
                    needed += 1;
                    for spelling in spellings(own, glob.case) {
                        named.extend(self.letters.iter().position(|letter| letter.character == spelling));
                    }
                }
                Token::One(_) => needed += 1,
                Token::Run(_) => {}
            }
            places.push((needed, named));
        }
        places.reverse();
        places
    }

    /// A run may also match nothing.
    fn skip_runs(&self, state: &mut [u64]) {
        let mut carry = 0;
        for (word, runs) in state.iter_mut().zip(&self.runs) {
            let at_run = *word & runs;
            *word |= at_run << 1 | carry;
            carry = at_run >> 63;
        }
    }

    /// The state after a letter; none, when a barred pattern then covers whatever follows.
    fn step(&self, state: &[u64], letter: usize) -> Option<Vec<u64>> {
        let letter = self.letters.get(letter)?;
        let mut next = Vec::with_capacity(self.words);
        let mut carry = 0;
        for ((word, leads), stays) in state.iter().zip(&letter.leads).zip(&letter.stays) {
            let leaving = word & leads;
            next.push(leaving << 1 | carry | (word & stays));
            carry = leaving >> 63;
        }
        self.skip_runs(&mut next);
        (!meets(&next, &self.doomed)).then_some(next)
    }

    /// At least how many characters all clauses together still need, as if none served two; none, when a clause is lost.
    fn distance(&self, state: &[u64]) -> Option<usize> {
        let of_lane = |lane: &Lane| {
            let places = lane.places.iter().enumerate().rev();
            let mut reached = places.filter(|(index, _)| has(state, lane.from + index));
            reached.next().map(|(_, (needed, _))| *needed)
        };
        self.clauses.iter().map(|lanes| lanes.iter().filter_map(of_lane).min()).sum()
    }

    fn accepts(&self, state: &[u64]) -> bool {
        let at_end = |lane: &Lane| has(state, lane.from + lane.places.len() - 1);
        !meets(state, &self.barred_ends) && self.clauses.iter().all(|lanes| lanes.iter().any(at_end))
    }

    /// The letters that lead further than others: those that a clause names next, and those that stand for the rest.
    fn letters_from(&self, state: &[u64], letters: &mut Vec<usize>) {
        letters.clear();
        for lane in self.clauses.iter().flatten() {
            for (index, (_, named)) in lane.places.iter().enumerate() {
                if !named.is_empty() && has(state, lane.from + index) {
                    letters.extend(named);
                }
            }
        }
        letters.extend(&self.always);
        letters.sort_unstable();
        letters.dedup();
    }

    fn character(&self, letter: usize) -> char {
        self.letters.get(letter).map_or(self.other, |letter| letter.character)
    }
}

/// The characters worth a try: those that clauses name, `other`, and those that end the wildcards of barred patterns. A
/// character that only barred patterns name is never better than `other`.
fn characters<'g>(clauses: impl Iterator<Item = &'g Glob>, barred: &[&Glob], other: char) -> Vec<char> {
    let mut characters = BTreeSet::from([other]);
    for glob in clauses {
        for token in &glob.tokens {
            if let Token::Char(own) = token {
                characters.extend(spellings(*own, glob.case));
            }
        }
    }
    characters.extend([':', '/'].into_iter().filter(|character| is_bound_by(barred, *character)));
    characters.into_iter().collect()
}

/// Whether a wildcard does not take `character`, which is `:` or `/`.
fn is_bound_by(globs: &[&Glob], character: char) -> bool {
    matches!(character, ':' | '/')
        && globs.iter().flat_map(|glob| &glob.tokens).any(|token| match token {
            Token::Char(_) => false,
            Token::One(class) | Token::Run(class) => !class.holds(character),
        })
}

fn set(words: &mut [u64], place: usize) {
    if let Some(word) = words.get_mut(place / 64) {
        *word |= 1 << (place % 64);
    }
}

fn has(words: &[u64], place: usize) -> bool {
    words.get(place / 64).is_some_and(|word| word >> (place % 64) & 1 == 1)
}

fn meets(left: &[u64], right: &[u64]) -> bool {
    left.iter().zip(right).any(|(left, right)| left & right != 0)
}

/// The states that were reached, each with the step that led to it.
#[derive(Debug)]
struct States {
    words: usize,
    bits: Vec<u64>,
    steps: Vec<Option<(usize, char)>>,
    depths: Vec<usize>,
    /// Places in `steps`, shifted by one, at the digest of their bits; a power of two of them.
    table: Vec<usize>,
}

impl States {
    fn new(words: usize) -> Self {
        Self { words, bits: Vec::new(), steps: Vec::new(), depths: Vec::new(), table: vec![0; 64] }
    }

    fn get(&self, index: usize) -> &[u64] {
        self.bits.get(index * self.words..(index + 1) * self.words).unwrap_or_default()
    }

    fn depth(&self, index: usize) -> usize {
        self.depths.get(index).copied().unwrap_or_default()
    }

    /// The place of a state that was not reached before.
    fn insert(&mut self, state: &[u64], step: Option<(usize, char)>) -> Option<usize> {
        if self.table.len() <= 2 * self.steps.len() {
            self.grow();
        }
        let slot = self.slot(state)?;
        let index = self.steps.len();
        *self.table.get_mut(slot)? = index + 1;
        self.bits.extend_from_slice(state);
        self.steps.push(step);
        self.depths.push(step.map_or(0, |(from, _)| self.depth(from) + 1));
        Some(index)
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
        for index in 0..self.steps.len() {
            let slot = self.slot(self.get(index)).unwrap_or_default();
            if let Some(entry) = self.table.get_mut(slot) {
                *entry = index + 1;
            }
        }
    }

    /// The text that led to a state.
    fn text(&self, index: usize) -> String {
        let mut characters = Vec::new();
        let mut at = index;
        while let Some(Some((from, character))) = self.steps.get(at) {
            characters.push(*character);
            at = *from;
        }
        characters.iter().rev().collect()
    }
}

fn digest(state: &[u64]) -> usize {
    let mixed = state
        .iter()
        .fold(0_u64, |mixed, word| (mixed.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    (mixed ^ mixed >> 32) as usize
}

/// States to look at, those nearest to the goal first.
#[derive(Debug, Default)]
struct Queue {
    /// By the length of the text that is needed at best.
    by_length: Vec<Vec<usize>>,
    /// None before it has anything.
    first: usize,
}

impl Queue {
    fn push(&mut self, length: usize, state: usize) {
        if self.by_length.len() <= length {
            self.by_length.resize_with(length + 1, Vec::new);
        }
        if let Some(states) = self.by_length.get_mut(length) {
            states.push(state);
        }
        self.first = self.first.min(length);
    }

    fn pop(&mut self) -> Option<usize> {
        loop {
            if let Some(state) = self.by_length.get_mut(self.first)?.pop() {
                return Some(state);
            }
            self.first += 1;
        }
    }
}
