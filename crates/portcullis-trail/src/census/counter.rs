//! What one worker counts.

use std::io;
use std::sync::Arc;

use hashbrown::HashMap;
use portcullis_iam::Timestamp;

use super::{CallId, Census, Event, EventId};
use crate::call::Call;
use crate::record::Record;

/// Takes the records of one object after the other, and gives them on to the census in batches.
pub struct Counter<'c> {
    census: &'c Census,
    /// The calls that this worker has met, so that it asks for their numbers once.
    known: HashMap<Arc<[u8]>, CallId>,
    key: Vec<u8>,
    batch: Vec<Event>,
    /// Records without an identifier.
    unnamed: u64,
}

/// After so many events a batch is given on.
const BATCH: usize = 4096;

impl<'c> Counter<'c> {
    pub(super) fn new(census: &'c Census) -> Self {
        Self { census, known: HashMap::new(), key: Vec::new(), batch: Vec::new(), unnamed: 0 }
    }

    /// Takes note of a record, which tells of `call`. It is the record number `record` of `object`.
    ///
    /// # Errors
    /// When what does not fit into memory cannot be written.
    pub fn add(
        &mut self,
        record: &Record<'_>,
        call: Call<'_>,
        (object, number): (&str, u64),
    ) -> io::Result<()> {
        let id = match &record.id {
            Some(id) => EventId::parse(id),
            None => {
                self.unnamed += 1;
                EventId::of_place(object, number)
            }
        };
        call.to_key(&mut self.key);
        let call = match self.known.get(&*self.key) {
            Some(call) => *call,
            None => self.learn(),
        };
        let time = record.time.as_deref().and_then(Timestamp::parse);
        let time = time.and_then(|time| u32::try_from(time.seconds()).ok()).unwrap_or(0);
        self.batch.push(Event { id, time, call });
        if BATCH <= self.batch.len() { self.flush() } else { Ok(()) }
    }

    /// Gives on what was counted; how many records had no identifier, and were counted as events of their own.
    ///
    /// # Errors
    /// When what does not fit into memory cannot be written.
    pub fn finish(mut self) -> io::Result<u64> {
        self.flush()?;
        Ok(self.unnamed)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.census.events.add(&self.census.calls, self.batch.drain(..))
    }

    fn learn(&mut self) -> CallId {
        let call = self.census.calls.id(&self.key);
        self.known.insert(self.census.calls.key(call), call);
        call
    }
}
