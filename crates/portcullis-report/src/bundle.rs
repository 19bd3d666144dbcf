//! The evidence for an auditor: the findings in every format, what they were made from, and the digests of all of it.

use std::io::{self, Write};

use anstream::StripStream;
use portcullis_finding::Audit;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::format::{Detail, Format, Layout, write};

/// The version of `inputs.json`.
const VERSION: u32 = 1;

/// A file that the audit was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Input {
    /// Its path inside the snapshot, or as it was given.
    pub path: String,
    /// The SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
    /// How many bytes it has.
    pub bytes: u64,
}

impl Input {
    /// The file with these bytes.
    pub fn of(path: String, bytes: &[u8]) -> Self {
        Self { path, sha256: sha256(bytes), bytes: bytes.len() as u64 }
    }
}

/// The files of the bundle with their names. `SHA256SUMS` comes last, and is checked by `sha256sum --check`.
///
/// # Errors
/// None that a writer into memory could have.
pub fn files(audit: &Audit, inputs: &[Input]) -> io::Result<Vec<(&'static str, Vec<u8>)>> {
    let layout = Layout { width: 100, detail: Detail::All };
    let printed = |format| {
        let mut bytes = Vec::new();
        write(audit, format, layout, &mut bytes).map(|()| bytes)
    };
    let mut text = StripStream::new(Vec::new());
    text.write_all(&printed(Format::Text)?)?;
    let mut files = vec![
        ("audit.json", printed(Format::Json)?),
        ("findings.csv", printed(Format::Csv)?),
        ("report.txt", text.into_inner()),
        ("inputs.json", provenance(audit, inputs)?),
    ];
    let sums: Vec<_> = files.iter().map(|(name, bytes)| format!("{}  {name}\n", sha256(bytes))).collect();
    files.push(("SHA256SUMS", sums.concat().into_bytes()));
    Ok(files)
}

#[derive(Serialize)]
struct Provenance<'a> {
    version: u32,
    tool: &'static str,
    tool_version: &'a str,
    catalog: &'a str,
    taken_at: Option<String>,
    audited_at: String,
    inputs: &'a [Input],
}

fn provenance(audit: &Audit, inputs: &[Input]) -> io::Result<Vec<u8>> {
    let provenance = Provenance {
        version: VERSION,
        tool: "portcullis",
        tool_version: &audit.tool.version,
        catalog: &audit.tool.catalog,
        taken_at: audit.taken_at.map(|at| at.to_string()),
        audited_at: audit.audited_at.to_string(),
        inputs,
    };
    let mut bytes = serde_json::to_vec_pretty(&provenance)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
