//! `manifest.json`: when a collection was made, and what could not be read.

use portcullis_iam::Timestamp;
use serde::Deserialize;

use super::fault::Fault;
use super::json::{self, Text, When};

/// What the manifest tells.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    pub(super) taken_at: Option<Timestamp>,
    pub(super) refused: Vec<Refused>,
}

/// A file that could not be made.
#[derive(Debug)]
pub(super) struct Refused {
    /// The file's path inside the snapshot.
    pub(super) path: Box<str>,
    /// Why, in AWS's words.
    pub(super) error: Box<str>,
}

/// Reads the manifest.
pub(super) fn read(text: &str) -> Result<Manifest, Fault> {
    let output = json::documents::<Output<'_>>(text)?.into_iter().next().unwrap_or_default();
    match output.version {
        Some(1) => {}
        Some(other) => {
            let message = format!("version {other} of the manifest is not known");
            return Err(Fault::new(message).hint("use a newer version of this program"));
        }
        None => return Err(Fault::new("the file has no `version`").hint(HINT)),
    }
    let taken_at = match output.taken_at {
        Some(When(None)) => return Err(Fault::new("`taken_at` is no date").hint(HINT)),
        Some(When(at)) => at,
        None => None,
    };
    let refused = output
        .errors
        .into_iter()
        .flatten()
        .map(|entry| Refused { path: entry.path.as_str().into(), error: entry.error.as_str().into() });
    Ok(Manifest { taken_at, refused: refused.collect() })
}

#[derive(Default, Deserialize)]
struct Output<'t> {
    version: Option<u32>,
    taken_at: Option<When>,
    #[serde(borrow)]
    errors: Option<Vec<Entry<'t>>>,
}

#[derive(Deserialize)]
struct Entry<'t> {
    #[serde(borrow)]
    path: Text<'t>,
    error: Text<'t>,
}

const HINT: &str = "a manifest is {\"version\": 1, \"taken_at\": \"2026-11-24T09:00:00Z\"}";
