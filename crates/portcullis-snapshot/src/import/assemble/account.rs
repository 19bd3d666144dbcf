//! One account.

use portcullis_iam::{AccountId, Arn, Timestamp};

use super::super::part::Part;
use super::facts::Facts;
use super::ledger::Ledger;
use super::{coverage, mfa, root, users};
use crate::account::Account;
use crate::coverage::Entry;
use crate::dump::Dump;
use crate::input::InputId;
use crate::known::{Known, Missing, Why};

/// The account that its files make, and how well it is covered.
pub(super) fn build(id: AccountId, parts: Vec<(InputId, Part)>) -> (Account, Vec<Entry>) {
    let mut facts = Facts::gather(parts);
    let partition: Box<str> = facts.any_arn().map_or("aws", Arn::partition).into();
    let virtual_devices = mfa::by_user(&facts);
    let root = root::build(id, &partition, &facts, &virtual_devices);
    let (users, strangers) = users::build(&mut facts, &virtual_devices);
    let entries = coverage::of_account(id, &facts, &users, &strangers);
    let all_details = facts.ledger.whole(Dump::AuthorizationDetails, None);
    let account = Account {
        id,
        partition,
        report_generated: report_generated(&facts),
        root,
        users,
        all_users: facts.ledger.whole(Dump::CredentialReport, None).or(all_details),
        virtual_devices: facts.ledger.whole(Dump::VirtualMfaDevices, None).map(|()| facts.virtual_devices),
        password_policy: told(&facts.ledger, Dump::PasswordPolicy, facts.password_policy),
        summary: told(&facts.ledger, Dump::AccountSummary, facts.summary),
        groups: facts.groups,
        roles: facts.roles,
        policies: facts.policies,
        all_details,
    };
    (account, entries)
}

fn report_generated(facts: &Facts) -> Known<Timestamp> {
    let missing = match facts.ledger.has(Dump::CredentialReport) {
        true => Missing::new(Dump::CredentialReport, Why::NoField),
        false => facts.ledger.no_entry(Dump::CredentialReport, None),
    };
    facts.generated.map_or(Known::Unknown(missing), Known::Fact)
}

fn told<T>(ledger: &Ledger, dump: Dump, fact: Option<T>) -> Known<T> {
    fact.map_or_else(|| Known::Unknown(ledger.no_entry(dump, None)), Known::Fact)
}
