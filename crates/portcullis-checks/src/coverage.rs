//! The coverage of the snapshot, in the words of a report.

use portcullis_finding::{AccountCoverage, Count, Coverage, Share, Source, SourceState};
use portcullis_snapshot::organization::NodeKind;
use portcullis_snapshot::{Account, Entry, Known, Scope, Snapshot, State, Subject};

/// What was read of the `accounts`, and what was not; with each account for how many users MFA is enforced.
pub fn coverage<'s>(
    snapshot: &'s Snapshot,
    accounts: impl Iterator<Item = (&'s Account, Count)>,
) -> Coverage {
    let entries = &snapshot.coverage.entries;
    let of = |scope: Scope| entries.iter().filter(move |entry| entry.scope == scope).filter_map(source);
    let beyond = entries.iter().filter(|entry| entry.state == State::NotAssessed);
    let mut not_assessed: Vec<_> = beyond.map(|entry| entry.subject.decides()).collect();
    not_assessed.sort_unstable();
    not_assessed.dedup();
    Coverage {
        accounts: accounts
            .map(|(account, enforced)| AccountCoverage {
                account: account.id,
                name: name(snapshot, account),
                management: is_management(snapshot, account),
                with_device: with_device(account),
                enforced,
                sources: of(Scope::Account(account.id)).collect(),
            })
            .collect(),
        organization: of(Scope::Organization).collect(),
        not_assessed,
    }
}

fn source(entry: &Entry) -> Option<Source> {
    let state = match entry.state {
        State::Present => SourceState::Present,
        State::Partial => SourceState::Partial,
        State::Missing => SourceState::Missing,
        State::Unreadable => SourceState::Unreadable,
        State::NotAssessed => return None,
    };
    let command = match entry.subject {
        Subject::Dump(dump) => dump.command(),
        Subject::OrganizationPolicies | Subject::IdentityCenter | Subject::ServiceSpecificCredentials => "",
    };
    Some(Source {
        name: entry.subject.name(),
        state,
        share: entry.share.map(|share| Share { found: share.found, wanted: share.wanted }),
        problems: entry.problems.iter().map(|problem| problem.to_string().into()).collect(),
        decides: entry.subject.decides(),
        command,
    })
}

fn name(snapshot: &Snapshot, account: &Account) -> Option<Box<str>> {
    let node = snapshot.organization.as_ref()?.account(account.id)?;
    match &node.kind {
        NodeKind::Account(_) => node.name.fact().cloned(),
        NodeKind::Root | NodeKind::Unit => None,
    }
}

fn is_management(snapshot: &Snapshot, account: &Account) -> bool {
    let organization = snapshot.organization.as_ref();
    organization.is_some_and(|organization| organization.management_account == Known::Fact(account.id))
}

fn with_device(account: &Account) -> Count {
    let mut count = Count::default();
    for user in account.users.values() {
        let slot = match user.mfa.active {
            Known::Fact(true) => &mut count.yes,
            Known::Fact(false) => &mut count.no,
            Known::Unknown(_) => &mut count.unknown,
        };
        *slot += 1;
    }
    count
}
