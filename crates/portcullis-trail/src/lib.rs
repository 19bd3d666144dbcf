//! What AWS has recorded: the records of CloudTrail, and the requests that they tell of.

pub mod call;
pub mod census;
pub mod gather;
pub mod lens;
mod reader;
mod record;
pub mod replay;
pub mod request;

pub use gather::{Gathered, Worker};
pub use lens::Lens;
pub use reader::{Fault, MAX_OBJECT_BYTES, MAX_RECORD_BYTES, Outcome, Reader, Skip, skip};
pub use record::{Identity, Issuer, Record, Session, Text};
