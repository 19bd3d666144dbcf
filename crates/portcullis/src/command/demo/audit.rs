//! The audit of the sample at its own time, so that it is the same every day.

use std::io::Write;

use portcullis_checks::{Options, run as audit_snapshot};
use portcullis_finding::{Selection, Severity};
use portcullis_guardrail::intent;
use portcullis_iam::Timestamp;
use portcullis_report::format::text;
use portcullis_report::{Detail, Layout};
use portcullis_snapshot::Snapshot;

use super::{broken, page};
use crate::failure::Failure;
use crate::given;
use crate::sample;
use crate::terminal::Terminal;

/// How much there is, and the worst of it.
pub(super) fn run(snapshot: &Snapshot, terminal: &mut Terminal) -> Result<(), Failure> {
    let now = snapshot.taken_at.map_or(Timestamp::from_seconds(0), |taken| taken.at);
    page::command(&format!("audit {}", page::FOLDER), &[("--now", &now.to_string())], terminal)?;
    let first = |problems: Vec<intent::Problem>| {
        broken(problems.into_iter().map(|each| each.message).collect::<String>())
    };
    let intent = intent::parse(sample::INTENT, &given::acceptable()).map_err(first)?;
    let options = Options { tool: given::tool(), now, selection: Selection::default() };
    let mut audit = audit_snapshot(snapshot, &intent, &options);
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
