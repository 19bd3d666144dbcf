//! Actions that the catalogue does not know: one for each way in which patterns can treat an action that AWS may add.

use std::borrow::Cow;
use std::collections::BTreeSet;

use portcullis_iam::Action;
use portcullis_iam::catalog::catalog;
use portcullis_iam::pattern::{matches_text, parts};

use crate::fold::Cover;
use crate::theory::{Solved, Work, glob};

/// Such actions.
#[derive(Clone, Debug)]
pub(crate) struct Unknown {
    pub(crate) actions: Box<[Action]>,
    /// Whether they stand for all that AWS may add: not where patterns meet in too many ways.
    pub(crate) is_complete: bool,
}

/// The actions that stand for all that AWS may add, for these covers.
pub(crate) fn unknown<'c>(covers: impl Iterator<Item = &'c Cover>) -> Unknown {
    let lists: BTreeSet<Vec<Cow<'_, str>>> =
        covers.map(|cover| cover.texts().flat_map(with_colon).collect()).collect();
    let lists: Vec<Vec<(&str, &str)>> =
        lists.iter().map(|list| list.iter().filter_map(|text| text.split_once(':')).collect()).collect();
    let of_services = lists.iter().flatten().map(|(service, _)| vec![*service]).collect();
    let (services, mut is_complete) = ways(&of_services, &|service| !service.contains([':', ' ']));
    let mut actions = Vec::new();
    for service in &services {
        let action = |name: &str| Action::parse(&format!("{service}:{name}"));
        let is_new = |name: &str| action(name).is_some_and(|action| catalog().action(&action).is_none());
        let of_service = lists.iter().map(|list| {
            let own = list.iter().filter(|(pattern, _)| matches_text(pattern, service));
            own.map(|(_, name)| *name).collect()
        });
        let (names, are_all) = ways(&of_service.collect(), &is_new);
        is_complete &= are_all;
        actions.extend(names.iter().filter_map(|name| action(name)));
    }
    actions.sort_by(|one, other| one.as_str().cmp(other.as_str()));
    Unknown { actions: actions.into(), is_complete }
}

/// The patterns with a colon that together cover what the pattern covers: where it has none, any of its wildcards may
/// stand for one.
fn with_colon(text: &str) -> Vec<Cow<'_, str>> {
    if text.contains(':') {
        return vec![Cow::Borrowed(text)];
    }
    let split = |(at, wildcard): (usize, &str)| {
        let rest = if wildcard == "*" { text.get(at..)? } else { text.get(at + 1..)? };
        let end = if wildcard == "*" { at + 1 } else { at };
        Some(Cow::Owned(format!("{}:{rest}", text.get(..end)?)))
    };
    text.match_indices(['*', '?']).filter_map(split).collect()
}

/// One text for each set of lists that cover an accepted text and are all that do, and whether there is one for each. A
/// list covers what some pattern of it covers.
fn ways(lists: &BTreeSet<Vec<&str>>, accepts: &dyn Fn(&str) -> bool) -> (Vec<String>, bool) {
    let kinds = Kinds::of(lists);
    let literals = kinds.literals.iter().filter(|text| accepts(text)).map(|text| (*text).to_owned());
    let mut found: Vec<String> = literals.collect();
    let mut is_complete = true;
    for prefix in &kinds.prefixes {
        let start = format!("{prefix}*");
        let longer = kinds.prefixes.iter().filter(|own| own != &prefix && own.starts_with(prefix));
        let longer: Vec<String> = longer.map(|own| format!("{own}*")).collect();
        let barred: Vec<&str> =
            kinds.literals.iter().copied().chain(longer.iter().map(String::as_str)).collect();
        let mut meeting = kinds.others.clone();
        meeting.retain(|list| list.iter().any(|other| meets(&start, other)));
        is_complete &= meeting.len() <= MOST_MEETING;
        meeting.truncate(MOST_MEETING);
        let beginning = [start.as_str()];
        for chosen in 0..1_usize << meeting.len() {
            let mut way = Way { prefix, wanted: vec![&beginning], barred: barred.clone() };
            for (index, list) in meeting.iter().enumerate() {
                match chosen >> index & 1 {
                    1 => way.wanted.push(list),
                    _ => way.barred.extend(list),
                }
            }
            match way.example(accepts) {
                Solved::Some(text) => found.push(text.into()),
                Solved::None => {}
                Solved::Unknown => is_complete = false,
            }
        }
    }
    (found, is_complete)
}

/// A way in which lists can treat a text.
struct Way<'w> {
    /// What it begins with.
    prefix: &'w str,
    /// Of each, some pattern covers it; the first is that of the beginning.
    wanted: Vec<&'w [&'w str]>,
    /// None of these does.
    barred: Vec<&'w str>,
}

impl Way<'_> {
    /// A text that is treated so.
    fn example(&self, accepts: &dyn Fn(&str) -> bool) -> Solved<Box<str>> {
        let filled = |pattern: &str| pattern.replace('*', FUTURE).replace('?', "x");
        let others = || self.wanted.iter().skip(1).filter_map(|list| list.first());
        let rest: String = others().map(|own| filled(own.trim_start_matches('*'))).collect();
        let together = format!("{}{FUTURE}{rest}", self.prefix);
        let mut natural = [together].into_iter().chain(others().map(|own| filled(own)));
        if let Some(text) = natural.find(|text| self.is_met_by(text) && accepts(text)) {
            return Solved::Some(text.into());
        }
        // What no catalogue can hold is looked for first.
        let new = [&self.wanted[..], &[&[NEW]]].concat();
        match glob::name(&new, &self.barred, accepts, &Work::new(WORK)) {
            Solved::None => self.among_few(accepts),
            found => found,
        }
    }

    fn is_met_by(&self, text: &str) -> bool {
        let covers = |pattern: &&str| matches_text(pattern, text);
        self.wanted.iter().all(|list| list.iter().any(covers)) && !self.barred.iter().any(covers)
    }

    /// The same where the way has few texts.
    fn among_few(&self, accepts: &dyn Fn(&str) -> bool) -> Solved<Box<str>> {
        let mut refused: Vec<Box<str>> = Vec::new();
        for _ in 0..=MOST_REFUSED {
            let mut barred = self.barred.clone();
            barred.extend(refused.iter().map(|own| &**own));
            match glob::name(&self.wanted, &barred, &|_| true, &Work::new(WORK)) {
                Solved::Some(text) if !accepts(&text) => refused.push(text),
                found => return found,
            }
        }
        Solved::Unknown
    }
}

/// Patterns by their form.
#[derive(Default)]
struct Kinds<'p> {
    /// Without wildcards.
    literals: BTreeSet<&'p str>,
    /// What comes before the only wildcard, a `*` at the end; that of every text among them.
    prefixes: BTreeSet<&'p str>,
    /// Those of other forms, list by list.
    others: Vec<Vec<&'p str>>,
}

impl<'p> Kinds<'p> {
    fn of(lists: &BTreeSet<Vec<&'p str>>) -> Self {
        let mut kinds = Self { prefixes: BTreeSet::from([""]), ..Self::default() };
        let mut others = BTreeSet::new();
        for list in lists {
            let mut own = BTreeSet::new();
            for pattern in list {
                match pattern.split_once(['*', '?']) {
                    None => drop(kinds.literals.insert(pattern)),
                    Some((prefix, "")) if pattern.ends_with('*') => drop(kinds.prefixes.insert(prefix)),
                    Some(_) => drop(own.insert(*pattern)),
                }
            }
            others.insert(own.into_iter().collect::<Vec<_>>());
        }
        others.remove(&Vec::new());
        kinds.others = others.into_iter().collect();
        kinds
    }
}

fn meets(one: &str, other: &str) -> bool {
    glob::intersects(&parts(one), &parts(other)) != Solved::None
}

/// How many lists with patterns of other forms than `Get*` may meet before it is given up to look at all ways in which
/// they do.
const MOST_MEETING: usize = 6;

/// How many texts may be refused where a way has only few.
const MOST_REFUSED: usize = 16;

/// The work for one way.
const WORK: usize = 1 << 16;

/// The name of what AWS may add.
const FUTURE: &str = "unreleased";
const NEW: &str = "*unreleased*";

#[cfg(test)]
mod tests {
    use std::iter;

    use proptest::prelude::*;
    use proptest::{collection, sample};

    use super::*;

    /// Which of the lists cover the text.
    fn covering<'p>(lists: &'p BTreeSet<Vec<&str>>, text: &str) -> Vec<&'p Vec<&'p str>> {
        lists.iter().filter(|list| list.iter().any(|own| matches_text(own, text))).collect()
    }

    fn each_alone<'p>(patterns: &[&'p str]) -> BTreeSet<Vec<&'p str>> {
        patterns.iter().map(|pattern| vec![*pattern]).collect()
    }

    /// Every text of up to four of these letters.
    fn texts() -> Vec<String> {
        let longer = |all: &Vec<String>| {
            let next = all.iter().flat_map(|text| ["a", "b", "c"].map(|letter| format!("{text}{letter}")));
            Some(next.collect::<Vec<_>>())
        };
        iter::successors(Some(vec![String::new()]), longer).skip(1).take(4).flatten().collect()
    }

    proptest! {
        #[test]
        fn every_way_has_its_text(
            lists in collection::vec(
                collection::vec(collection::vec(sample::select(&["a", "b", "*", "?"][..]), 1..5), 1..3),
                0..7,
            )
        ) {
            let lists: Vec<Vec<String>> =
                lists.iter().map(|list| list.iter().map(|own| own.concat()).collect()).collect();
            let lists: BTreeSet<Vec<&str>> =
                lists.iter().map(|list| list.iter().map(String::as_str).collect()).collect();
            let (found, is_complete) = ways(&lists, &|text| !text.is_empty());
            let known: BTreeSet<_> = found.iter().map(|text| covering(&lists, text)).collect();
            prop_assert!(is_complete);
            for text in texts() {
                let own = covering(&lists, &text);
                prop_assert!(known.contains(&own), "{text}: {own:?} of {lists:?}, found {found:?}");
            }
        }
    }

    #[test]
    fn no_text_stands_for_the_same_as_another() {
        let lists = each_alone(&["get*", "getitem*", "*tag*", "*x*y", "list", "*"]);
        let (found, is_complete) = ways(&lists, &|_| true);
        let ways: BTreeSet<_> = found.iter().map(|text| covering(&lists, text)).collect();
        assert!(is_complete);
        assert_eq!(ways.len(), found.len(), "{found:?}");
        assert_eq!(found.len(), 1 + 3 * 4, "{found:?}");
    }

    #[test]
    fn what_meets_in_too_many_ways_is_said() {
        let patterns = ["*a*", "*b*", "*c*", "*d*", "*e*", "*f*", "*g*"];
        assert!(!ways(&each_alone(&patterns), &|_| true).1);
        assert!(ways(&BTreeSet::from([patterns.to_vec()]), &|_| true).1);
    }
}
