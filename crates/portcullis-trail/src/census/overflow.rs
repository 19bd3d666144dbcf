//! What does not fit into memory: events in the order of their identifiers' first bits, block by block, in one file.

use std::io::{self, Read, Seek, SeekFrom, Write};

use super::{CallId, Event, EventId};

/// Where what does not fit into memory is written and read again.
pub trait Scratch: Read + Write + Seek + Send {}

impl<S: Read + Write + Seek + Send> Scratch for S {}

/// Makes an empty one.
pub type MakeScratch = Box<dyn Fn() -> io::Result<Box<dyn Scratch>> + Send>;

/// The parts that are read one after the other at the end: an organization's year fits in, part by part.
const PARTS: usize = 512;

/// The events of a block, which are written together.
const BLOCK: usize = 512;

/// The bytes of an event.
const WIDTH: usize = 24;

/// The events that were given, in memory or written.
pub(super) struct Overflow {
    make: MakeScratch,
    scratch: Option<Box<dyn Scratch>>,
    parts: Vec<Part>,
    /// How many blocks were written.
    blocks: u64,
}

#[derive(Default)]
struct Part {
    /// The numbers of its blocks.
    written: Vec<u64>,
    waiting: Vec<Event>,
}

impl Overflow {
    pub(super) fn new(make: MakeScratch) -> Self {
        Self { make, scratch: None, parts: Vec::new(), blocks: 0 }
    }

    pub(super) fn add(&mut self, event: Event) -> io::Result<()> {
        if self.parts.is_empty() {
            self.parts = (0..PARTS).map(|_| Part::default()).collect();
        }
        let Some(part) = self.parts.get_mut((event.id.number() >> 48) as usize % PARTS) else {
            return Ok(());
        };
        part.waiting.push(event);
        if part.waiting.len() < BLOCK {
            return Ok(());
        }
        let scratch = match &mut self.scratch {
            Some(scratch) => scratch,
            none => none.insert((self.make)()?),
        };
        let block: Vec<u8> = part.waiting.drain(..).flat_map(|event| event.to_bytes()).collect();
        scratch.write_all(&block)?;
        part.written.push(self.blocks);
        self.blocks += 1;
        Ok(())
    }

    /// Gives the events of one part after the other to `each`. Equal identifiers are in the same part.
    pub(super) fn drain(self, each: &mut dyn FnMut(&mut dyn Iterator<Item = Event>)) -> io::Result<()> {
        let mut scratch = self.scratch;
        for part in self.parts {
            let mut events = part.waiting;
            for block in part.written {
                // INVARIANT: blocks were written to it.
                let Some(scratch) = &mut scratch else { break };
                let mut bytes = [0; BLOCK * WIDTH];
                scratch.seek(SeekFrom::Start(block * bytes.len() as u64))?;
                scratch.read_exact(&mut bytes)?;
                let (all, _) = bytes.as_chunks::<WIDTH>();
                events.extend(all.iter().map(Event::of_bytes));
            }
            each(&mut events.into_iter());
        }
        Ok(())
    }
}

impl Event {
    fn to_bytes(self) -> [u8; WIDTH] {
        let mut bytes = [0; WIDTH];
        let parts = self.id.0.into_iter().chain(self.time.to_le_bytes()).chain(self.call.0.to_le_bytes());
        bytes.iter_mut().zip(parts).for_each(|(byte, own)| *byte = own);
        bytes
    }

    fn of_bytes(bytes: &[u8; WIDTH]) -> Self {
        let number = |at| {
            bytes.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |own| u32::from_le_bytes(*own))
        };
        let id = bytes.first_chunk().copied().unwrap_or_default();
        Self { id: EventId(id), time: number(16), call: CallId(number(20)) }
    }
}
