//! Objects of a trail, whatever holds them: CloudTrail's own files, JSON Lines, the output of `lookup-events`, events of
//! EventBridge, each packed or not.
//!
//! Nothing stops a run: what cannot be read is counted by reason, and every record is either given on or counted.

mod names;
mod packed;
mod values;
mod window;

use std::collections::BTreeMap;
use std::fmt;
use std::io::Read;

use crate::record::Record;
use packed::Opened;
use window::Window;

pub use names::skip;

/// Reads objects one after the other, with buffers that are used again. One for each thread.
#[derive(Default)]
pub struct Reader {
    packed: packed::Unpacker,
}

/// What an object came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// How many bytes of text it has, as far as it was read.
    pub bytes: u64,
    /// How many records were given on.
    pub records: u64,
    /// Records that were not, by reason.
    pub skipped: BTreeMap<Skip, u64>,
    /// Why it was not read to its end.
    pub fault: Option<Fault>,
    /// Whether it has bytes that are no UTF-8: they were replaced.
    pub replaced: bool,
}

/// Why an object, or a record, is not looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Skip {
    /// A digest of log files.
    Digest,
    /// An event of CloudTrail Insights.
    Insight,
    /// An event of a VPC endpoint's network activity.
    NetworkActivity,
    /// An aggregated event.
    Aggregated,
    /// A file of another kind.
    OtherFile,
    /// JSON that is no record.
    NoRecord,
    /// No JSON, or no object.
    Malformed,
    /// Longer than any record is.
    TooLong,
}

/// Why an object was not read to its end.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// The input failed.
    Input(Box<str>),
    /// It is packed, and damaged.
    Damaged(Box<str>),
    /// It ends within a record.
    EndsEarly,
    /// It is no JSON from this byte on.
    Malformed(u64),
    /// A record that begins at this byte is longer than any record is.
    TooLong(u64),
    /// It unpacks to more than any log file holds.
    TooLarge,
}

/// The longest record that is read, in bytes. CloudTrail's own are at most 256 KB.
pub const MAX_RECORD_BYTES: usize = 1 << 20;

/// The most that an object is unpacked to, in bytes.
pub const MAX_OBJECT_BYTES: u64 = 64 << 30;

impl Reader {
    /// One with empty buffers.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives every record of an object to `each`.
    pub fn read(&mut self, source: &mut dyn Read, each: &mut dyn FnMut(&Record<'_>)) -> Outcome {
        match self.packed.open(source) {
            Opened::Whole(bytes) => {
                let mut window = Window::whole(bytes);
                let outcome = values::read(&mut window, each);
                self.packed.take_back(window.into_bytes());
                outcome
            }
            Opened::Stream(mut stream) => values::read(&mut Window::of(&mut *stream), each),
        }
    }
}

impl Skip {
    /// What is skipped, in the plural.
    pub fn words(self) -> &'static str {
        match self {
            Skip::Digest => "digests of log files",
            Skip::Insight => "events of CloudTrail Insights",
            Skip::NetworkActivity => "events of network activity",
            Skip::Aggregated => "aggregated events",
            Skip::OtherFile => "files of other kinds",
            Skip::NoRecord => "JSON that is no record",
            Skip::Malformed => "lines that are no JSON",
            Skip::TooLong => "lines longer than any record",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Input(why) => write!(f, "cannot be read: {why}"),
            Fault::Damaged(why) => write!(f, "is damaged: {why}"),
            Fault::EndsEarly => f.write_str("ends within a record"),
            Fault::Malformed(at) => write!(f, "is no JSON from byte {at} on"),
            Fault::TooLong(at) => {
                write!(f, "holds a record at byte {at} that is longer than {MAX_RECORD_BYTES} bytes")
            }
            Fault::TooLarge => write!(f, "unpacks to more than {} GiB", MAX_OBJECT_BYTES >> 30),
        }
    }
}
