//! From objects to events: one worker of several.

use std::collections::BTreeMap;
use std::io::{self, Read};

use portcullis_finding::replay::Totals;

use crate::census::{Census, Counter};
use crate::lens::{Lens, View};
use crate::reader::{Fault, Outcome, Reader, Skip};

/// Reads one object after the other, and gives what it finds to a census that it shares with other workers.
pub struct Worker<'c> {
    reader: Reader,
    counter: Counter<'c>,
    view: View<'c>,
    gathered: Gathered,
}

/// What one or more workers read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gathered {
    /// The objects.
    pub objects: u64,
    /// The bytes of their text.
    pub bytes: u64,
    /// The records that they hold.
    pub records: u64,
    /// Records and objects that were not looked at, by reason.
    pub skipped: BTreeMap<Skip, u64>,
    /// Objects that were not read to their end, and why.
    pub faults: Vec<(Box<str>, Fault)>,
    /// Objects with bytes that are no UTF-8, which were replaced.
    pub replaced: u64,
    /// Records without an identifier.
    pub unnamed: u64,
}

impl<'c> Worker<'c> {
    /// One that looks at records through `lens`.
    pub fn new(census: &'c Census, lens: &'c Lens) -> Self {
        Self {
            reader: Reader::new(),
            counter: census.counter(),
            view: lens.view(),
            gathered: Gathered::default(),
        }
    }

    /// Reads an object.
    ///
    /// # Errors
    /// When what does not fit into memory cannot be written. Whatever is wrong with the object is counted.
    pub fn object(&mut self, name: &str, source: &mut dyn Read) -> io::Result<()> {
        let Self { reader, counter, view, .. } = self;
        let (mut number, mut failed) = (0, None);
        let outcome = reader.read(source, &mut |record| {
            number += 1;
            let added = view.call(record, |call| counter.add(record, call, (name, number)));
            failed = failed.take().or(added.err());
        });
        self.gathered.add(name, outcome);
        failed.map_or(Ok(()), Err)
    }

    /// Takes note of an object that cannot be opened.
    pub fn unreadable(&mut self, name: &str, why: &str) {
        self.gathered.add(name, Outcome { fault: Some(Fault::Input(why.into())), ..Outcome::default() });
    }

    /// What was read, once everything was.
    ///
    /// # Errors
    /// When what does not fit into memory cannot be written.
    pub fn finish(self) -> io::Result<Gathered> {
        let mut gathered = self.gathered;
        gathered.unnamed = self.counter.finish()?;
        Ok(gathered)
    }
}

impl Gathered {
    fn add(&mut self, name: &str, outcome: Outcome) {
        let Outcome { bytes, records, skipped, fault, replaced } = outcome;
        self.objects += 1;
        self.bytes += bytes;
        self.records += records;
        for (reason, count) in skipped {
            *self.skipped.entry(reason).or_default() += count;
        }
        self.faults.extend(fault.map(|fault| (name.into(), fault)));
        self.replaced += u64::from(replaced);
    }

    /// Both together.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        let Self { objects, bytes, records, skipped, faults, replaced, unnamed } = other;
        self.objects += objects;
        self.bytes += bytes;
        self.records += records;
        for (reason, count) in skipped {
            *self.skipped.entry(reason).or_default() += count;
        }
        self.faults.extend(faults);
        self.faults.sort();
        self.replaced += replaced;
        self.unnamed += unnamed;
        self
    }

    /// The same for a report.
    pub fn totals(&self) -> Totals {
        let Self { objects, bytes, records, skipped, faults, replaced, unnamed } = self;
        let mut told: Vec<(Box<str>, u64)> =
            skipped.iter().map(|(reason, count)| (reason.words().into(), *count)).collect();
        told.extend(
            (0 < *replaced)
                .then(|| ("objects with bytes that are no UTF-8, which were replaced".into(), *replaced)),
        );
        Totals {
            objects: *objects,
            bytes: *bytes,
            records: *records,
            skipped: told,
            faults: faults.iter().map(|(name, fault)| (name.clone(), fault.to_string().into())).collect(),
            unnamed: *unnamed,
            ..Totals::default()
        }
    }

    /// Takes note of an object that is not opened.
    pub fn skip(&mut self, reason: Skip) {
        *self.skipped.entry(reason).or_default() += 1;
    }
}
