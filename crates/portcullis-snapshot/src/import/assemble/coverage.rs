//! How well the accounts and the organization are covered.

use std::collections::BTreeMap;

use portcullis_iam::AccountId;

use super::super::fault::Fault;
use super::facts::Facts;
use super::users::Strangers;
use crate::account::Account;
use crate::coverage::{Entry, Scope, State, Subject};
use crate::device::DeviceKind;
use crate::dump::Dump;
use crate::known::Known;
use crate::organization::{MemberState, Organization};
use crate::user::User;

/// The coverage of one account: an entry for each of its dumps.
pub(super) fn of_account(
    id: AccountId,
    facts: &Facts,
    users: &BTreeMap<Box<str>, User>,
    strangers: &Strangers,
) -> Vec<Entry> {
    let scope = Scope::Account(id);
    let entry = |dump| facts.ledger.entry(scope, dump);
    let details = with_note(entry(Dump::AuthorizationDetails), &strangers.without_details, NO_DETAILS);
    let report = with_note(entry(Dump::CredentialReport), &strangers.without_row, NO_ROW);
    vec![
        details,
        with_note(report, &strangers.with_many_rows, MANY_ROWS),
        entry(Dump::AccountSummary),
        entry(Dump::VirtualMfaDevices),
        facts.ledger.entry_by_key(scope, Dump::MfaDevices, without_kind(facts, users)),
        entry(Dump::PasswordPolicy),
    ]
}

/// The accounts of the organization that are in use and have no dumps at all.
pub(super) fn members_without_dumps(
    organization: Option<&Organization>,
    accounts: &BTreeMap<AccountId, Account>,
) -> Vec<Entry> {
    let members = organization.into_iter().flat_map(Organization::members);
    let lacking = members.filter(|member| match member.state {
        MemberState::Active | MemberState::Unknown => !accounts.contains_key(&member.id),
        MemberState::Other(_) => false,
    });
    let missing = |(member, dump)| Entry {
        scope: Scope::Account(member),
        subject: Subject::Dump(dump),
        state: State::Missing,
        share: None,
        problems: Vec::new(),
    };
    lacking.flat_map(|member| Dump::OF_ACCOUNT.map(|dump| missing((member.id, dump)))).collect()
}

/// What no dump holds.
pub(super) fn never_in_a_dump(has_organization: bool) -> Vec<Entry> {
    let not_assessed = |scope, subject| Entry {
        scope,
        subject,
        state: State::NotAssessed,
        share: None,
        problems: Vec::new(),
    };
    let organization =
        (!has_organization).then(|| not_assessed(Scope::Organization, Subject::OrganizationPolicies));
    let always = [Subject::IdentityCenter, Subject::ServiceSpecificCredentials];
    organization.into_iter().chain(always.map(|subject| not_assessed(Scope::Snapshot, subject))).collect()
}

/// The users whose device kinds only their own device list can tell, and those whose list there is.
fn without_kind<'f>(facts: &'f Facts, users: &'f BTreeMap<Box<str>, User>) -> impl Iterator<Item = &'f str> {
    let vague = |kind| matches!(kind, DeviceKind::NotVirtual | DeviceKind::Unknown);
    let wanted = move |user: &&User| {
        let has_list = facts.devices.contains_key(&user.name);
        let hidden = match user.mfa.active {
            Known::Unknown(_) => true,
            Known::Fact(_) => user.mfa.devices.iter().any(|device| vague(device.kind)),
        };
        has_list || hidden
    };
    users.values().filter(wanted).map(|user| &*user.name)
}

/// The entry with a note about users: what they are, and the way out.
fn with_note(mut entry: Entry, users: &[Box<str>], (what, hint): (&str, &'static str)) -> Entry {
    if users.is_empty() {
        return entry;
    }
    let names: Vec<String> = users.iter().take(NAMED).map(|name| format!("`{name}`")).collect();
    let more = match users.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let message = format!("{what}: {}{more}", names.join(", "));
    entry.problems.push(Fault::new(message).hint(hint).in_file(""));
    entry.state = match entry.state {
        State::Present => State::Partial,
        other => other,
    };
    entry
}

/// How many users a note names.
const NAMED: usize = 5;

const NO_ROW: (&str, &str) = (
    "users in the account's details without a row",
    "AWS makes a new report at most every four hours: generate it again, then make both dumps one after the other",
);
const NO_DETAILS: (&str, &str) = (
    "users in the credential report without an entry",
    "make both dumps one after the other: the users may have been deleted in between",
);
const MANY_ROWS: (&str, &str) = ("users with more than one row, of which the last counts", "keep one report");
