//! How well each dump of an account or organization was read.

use std::collections::BTreeMap;

use super::super::part::{Content, Part};
use super::super::place::Place;
use crate::coverage::{Entry, Problem, Scope, Share, State, Subject};
use crate::dump::Dump;
use crate::known::{Known, Missing, Why};

/// How well each dump was read, by what its files' names say beyond the dump: user, parent, policy, policy type.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    accounts: BTreeMap<(Dump, Option<Box<str>>), Pages>,
}

/// The files of one dump.
#[derive(Debug, Default)]
struct Pages {
    read: usize,
    /// Files that were read, and say that there are further pages.
    cut_short: usize,
    unreadable: usize,
    refused: usize,
    problems: Vec<Problem>,
}

impl Ledger {
    /// Notes what became of a file.
    pub(super) fn note(&mut self, part: &Part) {
        let (dump, key) = match &part.place {
            Place::Account { dump, key, .. } | Place::Organization { dump, key } => (*dump, key.clone()),
            Place::Manifest | Place::Ignored => return,
        };
        let pages = self.accounts.entry((dump, key)).or_default();
        pages.problems.extend(part.problems.iter().cloned());
        match &part.content {
            Content::Unreadable => pages.unreadable += 1,
            Content::Refused => pages.refused += 1,
            content => {
                pages.read += 1;
                pages.cut_short += usize::from(content.is_cut_short());
            }
        }
    }

    /// Whether the dump was read to its end; else why not.
    pub(super) fn whole(&self, dump: Dump, key: Option<&str>) -> Known<()> {
        let why = match self.accounts.get(&(dump, key.map(Into::into))) {
            None => Some(Why::NoFile),
            Some(pages) => pages.lack(),
        };
        why.map_or(Known::Fact(()), |why| Known::Unknown(Missing::new(dump, why)))
    }

    /// Why there may be nothing about something in a dump: the dump is not whole, or it has no entry.
    pub(super) fn no_entry(&self, dump: Dump, key: Option<&str>) -> Missing {
        self.whole(dump, key).missing().unwrap_or(Missing::new(dump, Why::NoEntry))
    }

    /// Whether any file of the dump was read.
    pub(super) fn has(&self, dump: Dump) -> bool {
        self.of(dump).any(|pages| 0 < pages.read)
    }

    /// The coverage by a dump of one file.
    pub(super) fn entry(&self, scope: Scope, dump: Dump) -> Entry {
        let pages = self.accounts.get(&(dump, None));
        let state = match pages {
            None => State::Missing,
            Some(pages) => pages.state(),
        };
        Entry { scope, subject: Subject::Dump(dump), state, share: None, problems: self.problems(dump) }
    }

    /// The coverage by a dump of many files: how many of the keys that are wanted it has.
    pub(super) fn entry_by_key<'k>(
        &self,
        scope: Scope,
        dump: Dump,
        wanted: impl Iterator<Item = &'k str>,
    ) -> Entry {
        let mut share = Share { found: 0, wanted: 0 };
        for key in wanted {
            share.wanted += 1;
            share.found += usize::from(self.whole(dump, Some(key)).fact().is_some());
        }
        let unreadable = self.of(dump).any(|pages| pages.lack().is_some());
        let state = match share {
            Share { found: 0, wanted } if 0 < wanted && unreadable => State::Unreadable,
            Share { found: 0, wanted } if 0 < wanted => State::Missing,
            Share { found, wanted } if found < wanted || unreadable => State::Partial,
            Share { .. } => State::Present,
        };
        let problems = self.problems(dump);
        Entry { scope, subject: Subject::Dump(dump), state, share: Some(share), problems }
    }

    fn of(&self, dump: Dump) -> impl Iterator<Item = &Pages> {
        self.accounts.iter().filter(move |((of, _), _)| *of == dump).map(|(_, pages)| pages)
    }

    fn problems(&self, dump: Dump) -> Vec<Problem> {
        self.of(dump).flat_map(|pages| pages.problems.iter().cloned()).collect()
    }
}

impl Pages {
    /// Why the dump is not whole, when it is not.
    fn lack(&self) -> Option<Why> {
        match self {
            Pages { unreadable: 1.., .. } => Some(Why::Unreadable),
            Pages { read: 0, .. } => Some(Why::Refused),
            Pages { read, cut_short, .. } if read == cut_short => Some(Why::CutShort),
            Pages { .. } => None,
        }
    }

    fn state(&self) -> State {
        match (self.read, self.lack()) {
            (0, _) => State::Unreadable,
            (_, Some(_)) => State::Partial,
            (_, None) if self.problems.is_empty() => State::Present,
            (_, None) => State::Partial,
        }
    }
}
