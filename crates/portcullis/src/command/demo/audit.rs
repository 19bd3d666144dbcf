//! The audit of the sample at its own time, so that it is the same every day.

use std::io::Write;

use portcullis_checks::{Options, run as audit_snapshot};
use portcullis_finding::{Selection, Severity};
use portcullis_guardrail::Intent;
use portcullis_report::format::text;
use portcullis_report::{Detail, Layout};
use portcullis_snapshot::Snapshot;

use super::page;
use crate::failure::Failure;
use crate::given;
use crate::terminal::Terminal;

/// How much there is, and the worst of it.
pub(super) fn run(snapshot: &Snapshot, intent: &Intent, terminal: &mut Terminal) -> Result<(), Failure> {
    let now = page::now(snapshot);
    page::command(&format!("audit {}", page::FOLDER), &[("--now", &now.to_string())], terminal)?;
    let options = Options { tool: given::tool(), now, selection: Selection::default() };
    let mut audit = audit_snapshot(snapshot, intent, &options);
    let layout = Layout { width: terminal.width(), detail: Detail::Brief };
    text::summary(&audit, layout, terminal.data())?;
    let all = audit.findings.len();
    audit.findings.retain(|finding| finding.severity == Severity::Critical);
    text::findings(&audit, layout, terminal.data())?;
    let shown = audit.findings.len();
    Ok(writeln!(
        terminal.data(),
        "\n{shown} of {all} findings: the critical ones. The command shows them all.\n"
    )?)
}
