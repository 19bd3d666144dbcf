//! CSV (RFC 4180): one row per finding, for spreadsheets.

use std::borrow::Cow;
use std::io;

use portcullis_finding::{Audit, Evidence, Finding, Origin};

use crate::words;

/// The columns. New ones may come at the end.
const COLUMNS: [&str; 10] = [
    "id",
    "check",
    "severity",
    "status",
    "account",
    "resource",
    "message",
    "evidence",
    "compliance",
    "remediation",
];

/// Writes one row per finding, after a row with the names of the columns.
///
/// # Errors
/// When the writer fails.
pub fn write(audit: &Audit, out: &mut impl io::Write) -> io::Result<()> {
    row(COLUMNS.iter().map(|name| Cow::Borrowed(*name)), out)?;
    audit.findings.iter().try_for_each(|finding| row(cells(finding).into_iter(), out))
}

fn cells(finding: &Finding) -> [Cow<'_, str>; COLUMNS.len()] {
    let account = finding.account.as_ref().map(|account| account.as_str()).unwrap_or_default();
    let evidence: Vec<_> = finding.evidence.iter().map(fact).collect();
    let compliance: Vec<_> = finding.rule.compliance.iter().map(ToString::to_string).collect();
    [
        finding.id().0.into(),
        finding.rule.id.into(),
        finding.severity.as_str().into(),
        finding.status.as_str().into(),
        account.into(),
        (&*finding.resource).into(),
        (&*finding.message).into(),
        evidence.join("; ").into(),
        compliance.join("; ").into(),
        finding.rule.remediation().into(),
    ]
}

fn fact(evidence: &Evidence) -> String {
    match &evidence.origin {
        Origin::File { path, line: Some(line) } => format!("{} ({path}:{line})", evidence.fact),
        Origin::File { path, line: None } => format!("{} ({path})", evidence.fact),
        Origin::Statement { policy, sid, position } => {
            let sid = sid.as_ref().map(|sid| format!(" {sid}")).unwrap_or_default();
            format!("{} ({policy}{sid}:{}:{})", evidence.fact, position.line, position.column)
        }
        Origin::Decision | Origin::Argument => evidence.fact.to_string(),
    }
}

/// Writes one line of cells.
pub(crate) fn row<'c>(cells: impl Iterator<Item = Cow<'c, str>>, out: &mut impl io::Write) -> io::Result<()> {
    for (at, cell) in cells.enumerate() {
        if 0 < at {
            out.write_all(b",")?;
        }
        out.write_all(quoted(&cell).as_bytes())?;
    }
    out.write_all(b"\r\n")
}

/// The cell, quoted where it needs it. A cell that a spreadsheet would take for a formula is made text, and control
/// characters are replaced: somebody may look at the file in a terminal.
fn quoted(cell: &str) -> Cow<'_, str> {
    if cell.contains(|c| words::is_hostile(c) && c != '\n') {
        let lines: Vec<_> = cell.split('\n').map(words::safe).collect();
        return Cow::Owned(quoted(&lines.join("\n")).into_owned());
    }
    let is_formula = cell.starts_with(['=', '+', '-', '@']);
    let text = if is_formula { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) };
    if text.contains(['"', ',', '\n']) {
        return Cow::Owned(format!("\"{}\"", text.replace('"', "\"\"")));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_formulas_are_text() {
        assert_eq!(quoted("a b"), "a b");
        assert_eq!(quoted("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(quoted("a\u{1b}[2J"), "a\u{fffd}[2J");
        assert_eq!(quoted("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
    }
}
