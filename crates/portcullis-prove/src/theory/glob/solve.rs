//! A text that meets many patterns: natural candidates first, then searches over ever more of the patterns until one
//! finds a text that meets them all, or finds that there is none.

use portcullis_iam::condition::Case;

use super::letters::is_part_of_a_lower_case;
use super::product::{Goal, Word, search};
use super::relate::{are_apart, plainly_contains};
use super::sample::{WORD, samples};
use super::{Glob, Token};
use crate::theory::{Solved, Work};

/// Patterns that a text must meet.
#[derive(Clone, Debug, Default)]
pub(in crate::theory) struct Problem {
    /// Of each clause, at least one pattern must cover the text.
    pub(in crate::theory) clauses: Vec<Vec<Glob>>,
    /// None of these may cover it.
    pub(in crate::theory) barred: Vec<Glob>,
}

/// A text that meets the problem and that `confirm` accepts too, which knows all that the problem says.
pub(in crate::theory) fn solve(
    problem: &Problem,
    confirm: &dyn Fn(&str) -> bool,
    work: &Work,
) -> Solved<Box<str>> {
    if !work.take(problem.size() * GLANCED) {
        return Solved::Unknown;
    }
    if problem.is_plainly_impossible() {
        return Solved::None;
    }
    let accepts = |text: &str| confirm(text) && problem.is_met_by(text);
    let mut globs: Vec<&Glob> = problem.clauses.iter().flatten().collect();
    globs.sort_by_cached_key(|glob| std::cmp::Reverse(glob.weight()));
    let mut candidates = globs.iter().flat_map(|glob| samples(glob));
    if let Some(text) = candidates.find(|text| accepts(text)) {
        return Solved::Some(text.into());
    }
    match work.part(WORK, |own| refine(problem, &accepts, own)) {
        // The search takes a character of a text for one character of a pattern.
        Solved::None if problem.is_beyond_letters() => Solved::Unknown,
        solved => solved,
    }
}

/// Searches for a text that meets some of the patterns, adds the first ones that it fails, and starts again.
fn refine(problem: &Problem, accepts: &dyn Fn(&str) -> bool, work: &Work) -> Solved<Box<str>> {
    let heaviest = problem.heaviest().unwrap_or_default();
    let mut clauses: Vec<&[Glob]> = vec![heaviest];
    let mut barred: Vec<&Glob> = Vec::new();
    // What the sample of the heaviest clause fails is in from the start.
    let [sample, _] = heaviest.first().map(samples).unwrap_or_default();
    let (failed, covering) = problem.failed_by(&sample);
    clauses.extend(failed);
    barred.extend(covering);
    // INVARIANT: each round adds a pattern that is not yet in, as the text meets those that are.
    for _ in 0..=problem.clauses.len() + problem.barred.len() {
        if !work.take(problem.size()) {
            return Solved::Unknown;
        }
        let word = match search(Goal { clauses: &clauses, barred: &barred }, work) {
            Solved::Some(word) => word,
            Solved::None => return Solved::None,
            Solved::Unknown => return Solved::Unknown,
        };
        let (failed, covering) = problem.failed_by(&word.text);
        if failed.is_none() && covering.is_none() {
            return readable(&word, accepts);
        }
        clauses.extend(failed);
        barred.extend(covering);
    }
    Solved::Unknown
}

/// The word as people would write it, if that still meets everything.
fn readable(word: &Word, accepts: &dyn Fn(&str) -> bool) -> Solved<Box<str>> {
    let mut text = word.text.clone();
    let mut from = 0;
    while let Some(start) = text.get(from..).and_then(|rest| rest.find(word.other)).map(|at| from + at) {
        let rest = text.get(start..).unwrap_or_default();
        let length = rest.len() - rest.trim_start_matches(word.other).len();
        let (before, after) = (text.get(..start).unwrap_or_default(), rest.get(length..).unwrap_or_default());
        let worded = format!("{before}{WORD}{after}");
        from = start + length;
        if accepts(&worded) {
            from = start + WORD.len();
            text = worded;
        }
    }
    if accepts(&text) { Solved::Some(text.into()) } else { Solved::Unknown }
}

impl Problem {
    pub(in crate::theory) fn is_met_by(&self, text: &str) -> bool {
        self.clauses.iter().all(|clause| clause.iter().any(|glob| glob.covers(text)))
            && !self.barred.iter().any(|glob| glob.covers(text))
    }

    /// The first clause that `text` does not meet, and the first barred pattern that covers it.
    fn failed_by(&self, text: &str) -> (Option<&[Glob]>, Option<&Glob>) {
        let failed = self.clauses.iter().find(|clause| !clause.iter().any(|glob| glob.covers(text)));
        (failed.map(Vec::as_slice), self.barred.iter().find(|glob| glob.covers(text)))
    }

    /// Whether two clauses, or a clause and the barred patterns, show at a glance that nothing meets both.
    fn is_plainly_impossible(&self) -> bool {
        let contained = |glob: &Glob| self.barred.iter().any(|outer| plainly_contains(outer, glob));
        let apart = |one: &[Glob], other: &[Glob]| {
            one.iter().all(|glob| other.iter().all(|other| are_apart(glob, other)))
        };
        let glanced = self.clauses.iter().take(GLANCED);
        glanced.enumerate().any(|(index, clause)| {
            let mut earlier = self.clauses.iter().take(index);
            earlier.any(|other| apart(clause, other)) || clause.iter().all(contained)
        })
    }

    /// The clause that says most about the text.
    fn heaviest(&self) -> Option<&[Glob]> {
        let weight = |clause: &&Vec<Glob>| clause.iter().map(Glob::weight).min();
        self.clauses.iter().max_by_key(weight).map(Vec::as_slice)
    }

    /// How many characters and wildcards its patterns have: about what it costs to compare them all with a text.
    fn size(&self) -> usize {
        self.clauses.iter().flatten().chain(&self.barred).map(|glob| glob.tokens.len()).sum()
    }

    fn is_beyond_letters(&self) -> bool {
        let beyond = |glob: &Glob| {
            let part = |token: &Token| match token {
                Token::Char(own) => is_part_of_a_lower_case(*own),
                Token::One(_) | Token::Run(_) => false,
            };
            glob.case == Case::Ignored && glob.tokens.iter().any(part)
        };
        self.clauses.iter().flatten().chain(&self.barred).any(beyond)
    }
}

impl Glob {
    /// How much it says about a text.
    fn weight(&self) -> usize {
        let weight = |token: &Token| match token {
            Token::Char(_) => 3,
            Token::One(_) => 1,
            Token::Run(_) => 0,
        };
        self.tokens.iter().map(weight).sum()
    }
}

/// How many clauses are looked at before anything else is tried: most questions have no more.
const GLANCED: usize = 8;
/// The work for one problem, where the question affords it: half of what all of a question may cost.
const WORK: usize = 1 << 22;
