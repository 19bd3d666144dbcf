//! Whether a change of a document keeps everything else as it is.

use portcullis_finding::diagnostic::Applicability;

use super::flaw::Change;
use super::subject::Subject;

/// Whether the change is made without being asked about.
pub(crate) fn applicability(_subject: &Subject<'_>, _change: &Change) -> Applicability {
    Applicability::Suggested
}
