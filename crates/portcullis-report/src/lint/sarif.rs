//! SARIF 2.1.0: for code scanning and for editors. The schema is OASIS's; the limits are those of GitHub.

mod flaw;
mod place;
mod rule;

use std::cmp::Reverse;
use std::io;

use portcullis_finding::{Diagnostic, Hides, LintReport, Status, Unread};
use serde_json::{Value, json};

/// Writes the report as a log with one run, and a newline at the end.
///
/// What whoever wrote a file accepts is left out: code scanning knows no suppressions and would show it as open.
///
/// # Errors
/// When the writer fails.
pub fn write(report: &LintReport, out: &mut impl io::Write) -> io::Result<()> {
    let log = json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run(report)] });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    out.write_all(b"\n")
}

fn run(report: &LintReport) -> Value {
    let (shown, left_out) = shown(report);
    json!({
        "tool": rule::tool(report),
        "automationDetails": { "id": "portcullis-lint/" },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": { place::ROOT: { "description": { "text": "the root of the repository" } } },
        "invocations": [invocation(report, left_out)],
        "artifacts": place::artifacts(report),
        "results": shown.iter().map(|(one, print)| flaw::result(report, one, print)).collect::<Vec<_>>(),
    })
}

/// The diagnostics with their fingerprints, as many as may be uploaded, the worst of them; and how many are left out.
fn shown(report: &LintReport) -> (Vec<(&Diagnostic, String)>, usize) {
    let mut shown: Vec<_> = report
        .diagnostics
        .iter()
        .zip(report.fingerprints())
        .filter(|(flaw, _)| match flaw.status {
            Status::Fail | Status::Unknown => true,
            Status::Exempt => false,
        })
        .collect();
    let left_out = shown.len().saturating_sub(MOST_RESULTS);
    if 0 < left_out {
        shown.sort_by_key(|(flaw, _)| (flaw.status, Reverse(flaw.severity)));
        shown.truncate(MOST_RESULTS);
    }
    (shown, left_out)
}

/// How the run ended, and what it could not see.
fn invocation(report: &LintReport, left_out: usize) -> Value {
    let unread = report.unread.iter().map(|one| unread(report, one));
    let unresolved = report.unresolved.iter().take(MOST_NOTIFICATIONS).map(|one| {
        let text = format!("{}: {}", one.document, one.message);
        let level = match one.hides {
            Hides::Value => "note",
            Hides::Part => "warning",
        };
        notification(rule::UNRESOLVED, level, &text, &[place::location(report, &one.place)])
    });
    let left_out = (0 < left_out).then(|| {
        let text = format!("{left_out} more results are left out; the worst {MOST_RESULTS} are here");
        notification(rule::LEFT_OUT, "warning", &text, &[])
    });
    json!({
        "executionSuccessful": report.unread.is_empty(),
        "toolExecutionNotifications": unread.chain(unresolved).chain(left_out).collect::<Vec<_>>(),
    })
}

fn unread(report: &LintReport, one: &Unread) -> Value {
    let hint = one.hint.iter().map(|hint| format!(" ({hint})")).collect::<String>();
    let location = match &one.place {
        Some(place) => place::location(report, place),
        None => json!({ "physicalLocation": { "artifactLocation": place::artifact(report, &one.path) } }),
    };
    notification(rule::UNREAD, "error", &format!("{}{hint}", one.message), &[location])
}

fn notification(id: &str, level: &str, text: &str, locations: &[Value]) -> Value {
    json!({
        "descriptor": { "id": id },
        "level": level,
        "message": { "text": text },
        "locations": locations,
    })
}

/// Sets a member of an object.
fn set(object: &mut Value, name: &str, value: Value) {
    if let Value::Object(members) = object {
        members.insert(name.to_owned(), value);
    }
}

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// GitHub refuses a run with more results than these.
const MOST_RESULTS: usize = 25_000;
const MOST_NOTIFICATIONS: usize = 1_000;

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use portcullis_finding::{Rule, Severity};
    use portcullis_iam::{Place, Span};

    use super::*;

    static RULE: Rule = Rule { id: "door-open", severity: Severity::Low, compliance: &[], page: "# Door\n" };

    #[test]
    fn of_too_many_results_the_worst_are_told() {
        let path: Arc<str> = "doors.json".into();
        let one = Diagnostic::new(&RULE, &path, Place::new(&path, Span::default()), "the door is open");
        let worst = Diagnostic { severity: Severity::Critical, ..one.clone() };
        let mut diagnostics = vec![one; MOST_RESULTS];
        diagnostics.push(worst);
        let report = LintReport { diagnostics, ..LintReport::default() };
        let (results, left_out) = shown(&report);
        assert_eq!((results.len(), left_out), (25_000, 1));
        assert_eq!(results[0].0.severity, Severity::Critical);
        let said = invocation(&report, left_out).to_string();
        assert!(said.contains("1 more results are left out"), "{said}");
    }
}
