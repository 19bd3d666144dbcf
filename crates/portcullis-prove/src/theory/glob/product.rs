//! The search for a text that some patterns cover and others do not: all patterns are followed at once, one bit for
//! each place in each of them.

use super::bits::{both, clear, fill, has, highest, meet, set};
use super::letters::{other, spellings};
use super::states::{Front, Queue, States, Step};
use super::{Class, Glob, Token};
use crate::theory::{Solved, Work};

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

/// A text that reaches the goal; short rather than long.
pub(super) fn search(goal: Goal<'_>, work: &Work) -> Solved<Word> {
    let product = Product::new(goal);
    let mut states = States::new(product.words);
    let mut queue = Queue::default();
    let mut state = product.start.clone();
    let mut next = product.start.clone();
    let mut letters = Vec::new();
    let mut front = Front::new();
    let first = Step { from: None, character: product.other, depth: 0 };
    if let (Some(distance), Some(index)) = (product.distance(&state), states.insert(&state, first)) {
        queue.push(distance, index);
    }
    while let Some(index) = queue.pop() {
        state.copy_from_slice(states.get(index));
        if product.accepts(&state) {
            return Solved::Some(Word { text: states.text(index), other: product.other });
        }
        product.letters_from(&state, &mut letters);
        if !work.take((letters.len() + 1) * product.words + front.len(product.words) / 16) {
            return Solved::Unknown;
        }
        next.copy_from_slice(&state);
        product.fill_up(&mut next);
        if front.covers(&next, &product.wanted) {
            continue;
        }
        front.add(&next);
        let depth = states.depth(index) + 1;
        for letter in &letters {
            product.step(&state, *letter, &mut next);
            let Some(distance) = product.distance(&next) else { continue };
            let step = Step { from: Some(index), character: product.character(*letter), depth };
            if let Some(index) = states.insert(&next, step) {
                queue.push(depth + distance, index);
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
    /// The state of the empty text.
    start: Vec<u64>,
    /// The places before runs.
    runs: Vec<u64>,
    /// The places before runs that take any character.
    free_runs: Vec<u64>,
    /// The first and the last place of each pattern in which such a run follows another run.
    tidied: Vec<(usize, usize)>,
    /// The places at which a barred pattern will cover the text whatever follows.
    doomed: Vec<u64>,
    /// The places at which a barred pattern covers the text if nothing follows.
    barred_ends: Vec<u64>,
    /// How many patterns each clause has.
    clauses: Vec<usize>,
    /// The first and the last place of each pattern of a clause, clause after clause.
    lanes: Vec<(usize, usize)>,
    /// The places of the clauses.
    wanted: Vec<u64>,
    /// Of each of them: how many characters a text needs from there.
    needed: Vec<usize>,
    /// The places of the clauses before a character, and the letters that it may be.
    named: Vec<u64>,
    names: Vec<(usize, usize)>,
    characters: Vec<char>,
    /// What each letter does: the places from which it leads to the next one, then the places before runs that take it.
    effects: Vec<u64>,
    /// The character that stands for all that no pattern names.
    other: char,
    /// Letters that may be worth a try wherever the text has led to.
    always: Vec<usize>,
}

impl Product {
    fn new(goal: Goal<'_>) -> Self {
        let clauses = || goal.clauses.iter().flat_map(|clause| clause.iter());
        let all = || clauses().chain(goal.barred.iter().copied());
        let places: usize = all().map(|glob| glob.tokens.len() + 1).sum();
        let words = places.div_ceil(64).max(1);
        let other = other(all());
        let characters = characters(clauses(), goal.barred, other);
        let empty = || vec![0; words];
        let mut product = Self {
            words,
            start: empty(),
            runs: empty(),
            free_runs: empty(),
            tidied: Vec::new(),
            doomed: empty(),
            barred_ends: empty(),
            clauses: goal.clauses.iter().map(|clause| clause.len()).collect(),
            lanes: Vec::new(),
            wanted: empty(),
            needed: Vec::with_capacity(places),
            named: empty(),
            names: Vec::with_capacity(places),
            effects: vec![0; 2 * words * characters.len()],
            always: always(&characters, goal.barred, other),
            characters,
            other,
        };
        let mut from = 0;
        for glob in clauses() {
            let to = product.lay(glob, from);
            product.describe(glob, from);
            product.lanes.push((from, to));
            from = to + 1;
        }
        fill(&mut product.wanted, 0, from);
        for glob in goal.barred {
            let to = product.lay(glob, from);
            set(&mut product.barred_ends, to);
            if glob.tokens.last() == Some(&Token::Run(Class::Any)) {
                set(&mut product.doomed, to - 1);
            }
            from = to + 1;
        }
        let Self { start, runs, .. } = &mut product;
        skip_runs(start, runs);
        product
    }

    /// Writes the tokens of a pattern into the effects of the letters, from the place `from` on; gives its last place.
    fn lay(&mut self, glob: &Glob, from: usize) -> usize {
        let (words, last) = (self.words, from + glob.tokens.len());
        set(&mut self.start, from);
        let mut runs = 0;
        for (place, token) in (from..).zip(&glob.tokens) {
            match *token {
                Token::Char(own) => {
                    for spelling in spellings(own, glob.case) {
                        if let Ok(letter) = self.characters.binary_search(&spelling) {
                            set(&mut self.effects, letter * 2 * words * 64 + place);
                        }
                    }
                }
                Token::One(class) => self.take(class, place),
                Token::Run(class) => {
                    set(&mut self.runs, place);
                    self.take(class, words * 64 + place);
                    if class == Class::Any {
                        set(&mut self.free_runs, place);
                        if 0 < runs {
                            self.tidied.push((from, last));
                        }
                    }
                    runs += 1;
                }
            }
        }
        self.tidied.dedup();
        last
    }

    /// Sets `place` in the effects of each letter of the class.
    fn take(&mut self, class: Class, place: usize) {
        for (letter, character) in self.characters.iter().enumerate() {
            if class.holds(*character) {
                set(&mut self.effects, letter * 2 * self.words * 64 + place);
            }
        }
    }

    /// Notes what a text needs from each place of a clause's pattern.
    fn describe(&mut self, glob: &Glob, from: usize) {
        let mut needed = glob.tokens.iter().filter(|token| !matches!(token, Token::Run(_))).count();
        for (place, token) in (from..).zip(&glob.tokens) {
            self.needed.push(needed);
            match *token {
                Token::Char(own) => {
                    set(&mut self.named, place);
                    self.names.extend(spellings(own, glob.case).filter_map(|spelling| {
                        Some((place, self.characters.binary_search(&spelling).ok()?))
                    }));
                    needed -= 1;
                }
                Token::One(_) => needed -= 1,
                Token::Run(_) => {}
            }
        }
        self.needed.push(needed);
    }

    /// The state after a letter.
    fn step(&self, state: &[u64], letter: usize, next: &mut [u64]) {
        let at = letter * 2 * self.words;
        let leads = self.effects.get(at..at + self.words).unwrap_or_default();
        let stays = self.effects.get(at + self.words..at + 2 * self.words).unwrap_or_default();
        let mut carry = 0;
        for (((next, word), leads), stays) in next.iter_mut().zip(state).zip(leads).zip(stays) {
            let leaving = word & leads;
            *next = leaving << 1 | carry | (word & stays);
            carry = leaving >> 63;
        }
        skip_runs(next, &self.runs);
        // What a text may be from an earlier place, it may be from a run that takes any character.
        for range in &self.tidied {
            if let Some(run) = highest(next, Some(&self.free_runs), *range) {
                clear(next, range.0, run);
            }
        }
    }

    /// At least how many characters all clauses together still need, as if none served two; none, when a clause is lost
    /// or a barred pattern covers whatever follows.
    fn distance(&self, state: &[u64]) -> Option<usize> {
        if meet(state, &self.doomed) {
            return None;
        }
        let mut lanes = self.lanes.iter();
        let mut sum = 0;
        for count in &self.clauses {
            let reached = lanes.by_ref().take(*count).filter_map(|lane| highest(state, None, *lane));
            sum += reached.filter_map(|place| self.needed.get(place)).min()?;
        }
        Some(sum)
    }

    /// Adds the places that tidying takes away, so that states which lead further have more places.
    fn fill_up(&self, state: &mut [u64]) {
        for range in &self.tidied {
            if let Some(run) = highest(state, Some(&self.free_runs), *range) {
                fill(state, range.0, run);
            }
        }
    }

    fn accepts(&self, state: &[u64]) -> bool {
        let mut lanes = self.lanes.iter();
        let mut met =
            |count: &usize| lanes.by_ref().take(*count).filter(|lane| has(state, lane.1)).count() != 0;
        !meet(state, &self.barred_ends) && self.clauses.iter().all(&mut met)
    }

    /// The letters that lead further than others: those that a clause names next, and those that stand for the rest,
    /// which come last and are tried first.
    fn letters_from(&self, state: &[u64], letters: &mut Vec<usize>) {
        letters.clear();
        for place in both(state, &self.named) {
            let from = self.names.partition_point(|(named, _)| *named < place);
            let names = self.names.iter().skip(from).take_while(|(named, _)| *named == place);
            letters.extend(names.map(|(_, letter)| letter));
        }
        letters.retain(|letter| !self.always.contains(letter));
        letters.sort_unstable();
        letters.dedup();
        letters.extend(&self.always);
    }

    fn character(&self, letter: usize) -> char {
        self.characters.get(letter).copied().unwrap_or(self.other)
    }
}

/// A run may also match nothing.
fn skip_runs(state: &mut [u64], runs: &[u64]) {
    let mut carry = 0;
    for (word, runs) in state.iter_mut().zip(runs) {
        let at_run = *word & runs;
        *word |= at_run << 1 | carry;
        carry = at_run >> 63;
    }
}

/// The characters worth a try, in order: those that clauses name, `other`, and those that end the wildcards of barred
/// patterns. A character that only barred patterns name is never better than `other`.
fn characters<'g>(clauses: impl Iterator<Item = &'g Glob>, barred: &[&Glob], other: char) -> Vec<char> {
    let mut characters = vec![other];
    for glob in clauses {
        for token in &glob.tokens {
            if let Token::Char(own) = token {
                characters.extend(spellings(*own, glob.case));
            }
        }
    }
    characters.extend([':', '/'].into_iter().filter(|character| end_wildcards(barred, *character)));
    characters.sort_unstable();
    characters.dedup();
    characters
}

/// The letters among `characters` that may be worth a try when no clause names them; `other` is the last.
fn always(characters: &[char], barred: &[&Glob], other: char) -> Vec<usize> {
    let ends = [':', '/'].into_iter().filter(|character| end_wildcards(barred, *character));
    ends.chain([other]).filter_map(|character| characters.binary_search(&character).ok()).collect()
}

/// Whether a wildcard does not take `character`, which is `:` or `/`.
fn end_wildcards(globs: &[&Glob], character: char) -> bool {
    globs.iter().flat_map(|glob| &glob.tokens).any(|token| match token {
        Token::Char(_) => false,
        Token::One(class) | Token::Run(class) => !class.holds(character),
    })
}
