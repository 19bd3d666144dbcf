//! Reads the JSON of an earlier audit, of any version, for a comparison.

use portcullis_finding::{EarlierAudit, EarlierFinding};
use portcullis_iam::Timestamp;
use serde::Deserialize;

use crate::format::json;

/// Why an earlier audit cannot be compared with.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// It is no JSON, or not the JSON of an audit.
    #[error("not the JSON of an audit: {0}")]
    NotAnAudit(#[from] serde_json::Error),
    /// A later version of Portcullis wrote it.
    #[error("version {0} of the format is newer than this portcullis")]
    TooNew(u32),
}

/// The earlier audit in `text`, as `portcullis audit --format json` wrote it.
///
/// # Errors
/// When the text is no audit, or of a version that is not known yet.
pub fn parse(text: &[u8]) -> Result<EarlierAudit, Problem> {
    let root: Root = serde_json::from_slice(text)?;
    if json::VERSION < root.version {
        return Err(Problem::TooNew(root.version));
    }
    let findings = root.findings.into_iter().map(Entry::into_finding).collect();
    Ok(EarlierAudit { taken_at: root.taken_at.as_deref().and_then(Timestamp::parse), findings })
}

#[derive(Deserialize)]
struct Root {
    version: u32,
    taken_at: Option<String>,
    findings: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    id: String,
    check: String,
    severity: String,
    status: String,
    account: Option<String>,
    message: String,
}

impl Entry {
    fn into_finding(self) -> EarlierFinding {
        let Entry { id, check, severity, status, account, message } = self;
        EarlierFinding { id, check, account, status, severity, message }
    }
}
