//! Findings on the terminal, for whoever reads a count that looks wrong.

use std::fmt::Write as _;

use portcullis_finding::Diagnostic;
use portcullis_finding::diagnostic::Region;
use testkit::collected::Collected;

/// Prints a finding, where it is asked for.
pub(crate) fn show(policy: &Collected, found: &Diagnostic) {
    let Some(wanted) = std::env::var_os("PORTCULLIS_SHOW") else { return };
    if wanted != "all" && wanted != found.rule.id {
        return;
    }
    let Region { start, end } = Region::of(&policy.text, found.place.span);
    let mut line = format!("{} {}:{}-{} {}", policy.id, start.line, start.column, end.column, found.severity);
    let snippet: String = found.place.span.of(&policy.text).chars().take(60).collect();
    let _ = write!(line, " {}: {} | {snippet}", found.rule.id, found.message);
    if let Some(fix) = &found.fix {
        let _ = write!(line, " | {} {}", fix.applicability.as_str(), fix.title);
    }
    println!("{line}");
}
