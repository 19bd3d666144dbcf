//! Every event once: a table in memory, in parts so that workers seldom wait for each other, and what does not fit on
//! disk.

use std::io;
use std::sync::{Mutex, PoisonError};

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use super::overflow::{MakeScratch, Overflow};
use super::{CallId, Calls, EventId};

/// One event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// What tells it from every other.
    pub id: EventId,
    /// When it happened, in seconds since 1970; 0 when the record does not say.
    pub time: u32,
    /// What was called.
    pub call: CallId,
}

/// The events that are held in memory, of 24 bytes each.
pub const MOST_IN_MEMORY: usize = 1_800_000;

/// The parts of the table, each with a lock of its own.
const SHARDS: usize = 64;

/// Every event that was found.
pub(super) struct Events {
    shards: Vec<Mutex<Shard>>,
    overflow: Mutex<Overflow>,
    /// The most events of a shard that stay in memory.
    most: usize,
}

#[derive(Default)]
struct Shard {
    table: HashTable<Event>,
    again: u64,
}

/// The room that a shard begins with: to grow means to place everything again.
const ROOM: usize = 3_500;

impl Events {
    pub(super) fn holding(most: usize, scratch: MakeScratch) -> Self {
        Self {
            shards: (0..SHARDS).map(|_| Mutex::new(Shard::with_room(ROOM.min(most / SHARDS)))).collect(),
            overflow: Mutex::new(Overflow::new(scratch)),
            most: most.div_ceil(SHARDS),
        }
    }

    /// Takes note of events.
    pub(super) fn add(&self, calls: &Calls, events: impl IntoIterator<Item = Event>) -> io::Result<()> {
        let mut parts: [Vec<Event>; SHARDS] = [const { Vec::new() }; SHARDS];
        for event in events {
            // The table takes the lower bits, the overflow the upper ones.
            if let Some(part) = parts.get_mut((event.id.number() >> 32) as usize % SHARDS) {
                part.push(event);
            }
        }
        for (part, shard) in parts.iter().zip(&self.shards).filter(|(part, _)| !part.is_empty()) {
            let mut shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
            for event in part {
                if shard.add(calls, *event, self.most) == Added::Full {
                    self.overflow.lock().unwrap_or_else(PoisonError::into_inner).add(*event)?;
                }
            }
        }
        Ok(())
    }

    /// Gives every event to `each`, and how often events came again.
    pub(super) fn drain(self, calls: &Calls, each: &mut dyn FnMut(Event)) -> io::Result<u64> {
        let mut again = 0;
        for shard in self.shards {
            let shard = shard.into_inner().unwrap_or_else(PoisonError::into_inner);
            again += shard.again;
            shard.table.into_iter().for_each(&mut *each);
        }
        let overflow = self.overflow.into_inner().unwrap_or_else(PoisonError::into_inner);
        overflow.drain(&mut |part| {
            let mut shard = Shard::default();
            part.for_each(|event| _ = shard.add(calls, event, usize::MAX));
            again += shard.again;
            shard.table.into_iter().for_each(&mut *each);
        })?;
        Ok(again)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Added {
    /// The event is in the table.
    Held,
    /// It is not, and there is no room.
    Full,
}

impl Shard {
    fn with_room(room: usize) -> Self {
        Self { table: HashTable::with_capacity(room), again: 0 }
    }

    fn add(&mut self, calls: &Calls, event: Event, most: usize) -> Added {
        let is_full = most <= self.table.len();
        let hash = |event: &Event| event.id.number();
        if is_full {
            return match self.table.find_mut(hash(&event), |own| own.id == event.id) {
                Some(own) => {
                    self.again += 1;
                    own.meet(event, calls);
                    Added::Held
                }
                None => Added::Full,
            };
        }
        match self.table.entry(hash(&event), |own| own.id == event.id, hash) {
            Entry::Occupied(mut own) => {
                self.again += 1;
                own.get_mut().meet(event, calls);
            }
            Entry::Vacant(place) => drop(place.insert(event)),
        }
        Added::Held
    }
}

impl Event {
    /// Meets the same event as it was delivered again. Deliveries are equal; were they not, the lesser one counts, so that
    /// it does not matter which came first.
    fn meet(&mut self, other: Event, calls: &Calls) {
        if (self.time, self.call) == (other.time, other.call) {
            return;
        }
        let key = |event: &Event| (event.time, calls.key(event.call));
        if key(&other) < key(self) {
            *self = other;
        }
    }
}
