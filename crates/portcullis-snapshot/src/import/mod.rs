//! From the files of a snapshot to the snapshot.
//!
//! Files are read one at a time, so that a caller need not hold more than a few of them: [`file`] makes a [`Part`] of
//! each, on as many threads as the caller likes, and [`assemble`] puts the parts together.

mod account_summary;
mod assemble;
mod authorization_details;
mod credential_report;
mod csv;
mod details_shape;
mod fault;
mod intern;
mod json;
mod manifest;
mod mfa_devices;
mod organizations;
mod part;
mod password_policy;
mod place;
mod report_row;
mod sniff;
mod text;
mod unusable;

pub use assemble::assemble;
pub use intern::Intern;
pub use part::{Part, file, single, too_long, unread};
pub use text::MAX_FILE_BYTES;
pub use unusable::Unusable;

use rayon::prelude::*;

use crate::snapshot::Snapshot;

/// The snapshot that the files make: their paths inside the snapshot, with `/` between parts, and their bytes.
pub fn import<P, B>(files: &[(P, B)]) -> Result<Snapshot, Unusable>
where
    P: AsRef<str> + Sync,
    B: AsRef<[u8]> + Sync,
{
    let intern = Intern::default();
    let parts = files.par_iter().map(|(path, bytes)| file(path.as_ref(), bytes.as_ref(), &intern)).collect();
    assemble(parts, None, &intern)
}
