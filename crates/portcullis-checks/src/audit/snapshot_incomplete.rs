//! Something that an audit needs was not read.

use portcullis_finding::{Rule, Severity};
use portcullis_snapshot::{Entry, Scope as Place, State, Subject};

use crate::check::{Check, Outcome, Run, Sink};
use crate::scope::AccountScope;

pub(super) const CHECK: Check = Check {
    rule: Rule {
        id: "snapshot-incomplete",
        severity: Severity::Medium,
        compliance: &[],
        page: include_str!("snapshot-incomplete.md"),
    },
    run: Run::Account(look),
};

fn look(scope: &AccountScope<'_>, sink: &mut Sink) {
    let place = Place::Account(scope.account.id);
    let entries = scope.scope.snapshot.coverage.entries.iter().filter(|entry| entry.scope == place);
    let lacking: Vec<_> = entries.filter_map(lack).collect();
    if lacking.is_empty() {
        sink.take(scope.arn().as_str(), Ok(Outcome::Pass));
    } else {
        sink.unknown(scope.arn().as_str(), lacking.join("; "), lacking);
    }
}

/// What an entry of the coverage lacks, when it does.
fn lack(entry: &Entry) -> Option<String> {
    let Subject::Dump(dump) = entry.subject else { return None };
    let file = dump.file_name();
    match entry.state {
        State::Present | State::NotAssessed => None,
        State::Missing => Some(format!("{file} is missing")),
        State::Partial => Some(format!("{file} is incomplete")),
        State::Unreadable => Some(format!("{file} could not be read")),
    }
}
