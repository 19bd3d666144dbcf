//! Policy documents in the files in which people write them.
//!
//! [`read_all`] takes the texts of files and gives every policy document that stands in them as a policy of
//! [`portcullis_iam`], with the kind of policy that it is, whom it is attached to, and the place in its file of every
//! value. What a file leaves open (a parameter, a reference to something elsewhere) is never guessed: see
//! [`Placeholder`] and [`Gap`].

mod document;
mod encoded;
mod found;
mod guess;
mod json;
mod place;
mod places;

pub use document::{Attachment, Basis, Document, Element, Gap, Placeholder};
pub use found::{Fault, Format, Found, Note};
pub use place::{Lines, Place};
pub use places::Places;

/// The longest file that is read, in bytes (64 MiB).
pub const MAX_FILE_BYTES: usize = 64 << 20;

/// How the keys begin that stand for what a file leaves open: `${portcullis:unknown/0}`.
pub const UNKNOWN_KEY: &str = "portcullis:unknown/";

/// The documents of one file: [`read_all`] of it alone.
pub fn read(path: &str, text: &str) -> Found {
    read_all(&[(path, text)]).pop().unwrap_or_else(|| Found::nothing(path))
}

/// The documents of the files, given as path and text: one [`Found`] for every file, in the order of the files.
pub fn read_all<P: AsRef<str>, T: AsRef<str>>(files: &[(P, T)]) -> Vec<Found> {
    files.iter().map(|(path, text)| one(path.as_ref(), text.as_ref())).collect()
}

fn one(path: &str, text: &str) -> Found {
    if MAX_FILE_BYTES < text.len() {
        return Found::too_long(path);
    }
    json::read(path, text)
}
