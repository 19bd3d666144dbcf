//! Which calls were made, how often and when: every event once, however often it was delivered.
//!
//! Workers read records side by side. What they find is a set of events, which is the same in whatever order and in
//! however many parts the records come.

mod calls;
mod counter;
mod events;
mod identifier;
mod overflow;

pub use calls::{CallId, Calls};
pub use counter::Counter;
pub use events::{Event, MOST_IN_MEMORY};
pub use identifier::EventId;
pub use overflow::{MakeScratch, Scratch};

use std::io;

use crate::call::Call;
use events::Events;

/// What was found so far, for all workers.
pub struct Census {
    calls: Calls,
    events: Events,
}

/// What was found.
pub struct Found {
    /// Every call that was made.
    pub calls: Calls,
    events: Events,
}

impl Census {
    /// Nothing so far. What does not fit into memory goes to what `scratch` makes, which is asked for at most once.
    pub fn new(scratch: MakeScratch) -> Self {
        Self::holding(MOST_IN_MEMORY, scratch)
    }

    /// The same with at most about `most` events in memory.
    pub fn holding(most: usize, scratch: MakeScratch) -> Self {
        Self { calls: Calls::default(), events: Events::holding(most, scratch) }
    }

    /// A counter for one worker.
    pub fn counter(&self) -> Counter<'_> {
        Counter::new(self)
    }

    /// Takes note of an event.
    ///
    /// # Errors
    /// When what does not fit into memory cannot be written.
    pub fn add(&self, call: &Call<'_>, id: EventId, time: u32) -> io::Result<()> {
        let mut key = Vec::new();
        call.to_key(&mut key);
        let call = self.calls.id(&key);
        self.events.add(&self.calls, [Event { id, time, call }])
    }

    /// What was found, once every worker is done.
    pub fn finish(self) -> Found {
        Found { calls: self.calls, events: self.events }
    }
}

impl Found {
    /// Gives every event to `each`, once, in no order. What is left are the calls, and how often events were delivered
    /// again.
    ///
    /// # Errors
    /// When what did not fit into memory cannot be read.
    pub fn events(self, each: &mut dyn FnMut(Event)) -> io::Result<(Calls, u64)> {
        let Self { calls, events } = self;
        let again = events.drain(&calls, each)?;
        Ok((calls, again))
    }
}
