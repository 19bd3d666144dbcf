//! Something that an audit needs was not read.

use std::collections::BTreeMap;

use portcullis_finding::{Rule, Severity};
use portcullis_iam::Arn;
use portcullis_snapshot::{Entry, Scope as Place, State, Subject};

use crate::check::{Check, Outcome, Run, Sink};
use crate::scope::Scope;

pub(super) const CHECK: Check = Check {
    rule: Rule {
        id: "snapshot-incomplete",
        severity: Severity::Medium,
        compliance: &[],
        page: include_str!("snapshot-incomplete.md"),
    },
    run: Run::Snapshot(look),
};

fn look(scope: &Scope<'_>, sink: &mut Sink) {
    let mut lacking: BTreeMap<Place, Vec<String>> = BTreeMap::new();
    for entry in scope.snapshot.coverage.entries.iter().filter(|entry| is_selected(scope, entry.scope)) {
        lacking.entry(entry.scope).or_default().extend(lack(entry));
    }
    for (place, lacking) in lacking {
        let account = match place {
            Place::Account(id) => Some(id),
            Place::Snapshot | Place::Organization => None,
        };
        match (account, lacking.is_empty()) {
            (_, false) => sink.unknown_for(account, &resource(scope, place), lacking.join("; "), lacking),
            (Some(_), true) => sink.take_for(account, &resource(scope, place), Ok(Outcome::Pass)),
            (None, true) => {}
        }
    }
}

/// The organization and what is nobody's always count; accounts as they were asked for, with or without dumps.
fn is_selected(scope: &Scope<'_>, place: Place) -> bool {
    match place {
        Place::Snapshot | Place::Organization => true,
        Place::Account(id) => scope.accounts.is_empty() || scope.accounts.contains(&id),
    }
}

fn resource(scope: &Scope<'_>, place: Place) -> String {
    match place {
        Place::Snapshot | Place::Organization => place.to_string(),
        Place::Account(id) => match scope.snapshot.accounts.get(&id) {
            Some(account) => account.root.arn.to_string(),
            None => Arn::root("aws", id).to_string(),
        },
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
