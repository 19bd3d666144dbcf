//! The users: what the authorization details, the credential report and the device lists tell of each.

use std::collections::BTreeMap;

use super::super::authorization_details::{UserDetails, path_of};
use super::super::report_row::Row;
use super::facts::Facts;
use super::mfa::{self, ByUser};
use crate::device::Mfa;
use crate::dump::Dump;
use crate::input::{InputId, Origin};
use crate::known::{Known, Missing, Why};
use crate::user::User;

/// Users of whom the two dumps tell different tales, by name.
#[derive(Debug, Default)]
pub(super) struct Strangers {
    /// In the authorization details, without a row in the report.
    pub(super) without_row: Vec<Box<str>>,
    /// In the report, without an entry in the authorization details.
    pub(super) without_details: Vec<Box<str>>,
    /// In the report more than once: the last row counts.
    pub(super) with_many_rows: Vec<Box<str>>,
}

/// The users by name, and those that only one of the dumps tells of, where both were read.
pub(super) fn build(facts: &mut Facts, virtual_devices: &ByUser) -> (BTreeMap<Box<str>, User>, Strangers) {
    let no_row = facts.ledger.no_entry(Dump::CredentialReport, None);
    let no_details = facts.ledger.no_entry(Dump::AuthorizationDetails, None);
    let details = std::mem::take(&mut facts.users);
    let rows = std::mem::take(&mut facts.rows);
    let mut users: BTreeMap<Box<str>, User> = details
        .into_iter()
        .map(|(input, user)| (user.name.clone(), of_details(user, input, no_row)))
        .collect();
    let mut with_many_rows = Vec::new();
    for (input, row) in rows {
        let user = users.entry(row.name.clone()).or_insert_with(|| of_row(&row, no_details, no_row));
        if user.report.is_some() {
            with_many_rows.push(row.name.clone());
        }
        add_row(user, row, input);
    }
    for user in users.values_mut() {
        let list = facts.devices.get(&user.name).cloned();
        user.mfa = match list {
            Some(devices) => mfa::listed(devices),
            None => {
                let missing = facts.ledger.no_entry(Dump::MfaDevices, Some(&user.name));
                let virtual_devices = virtual_devices.get(user.arn.as_str()).map_or(&[][..], Vec::as_slice);
                mfa::unlisted(facts, user.mfa.active, virtual_devices, missing)
            }
        };
    }
    let strangers = Strangers { with_many_rows, ..strangers(facts, &users) };
    (users, strangers)
}

fn of_details(user: UserDetails, input: InputId, no_row: Missing) -> User {
    let told = Missing::new(Dump::AuthorizationDetails, Why::NoField);
    User {
        path: path_of(&user.arn, &user.name),
        arn: user.arn,
        name: user.name,
        id: user.id.map_or(Known::Unknown(told), Known::Fact),
        created: user.created.map_or(Known::Unknown(told), Known::Fact),
        tags: Known::Fact(user.tags),
        groups: Known::Fact(user.groups),
        grants: Known::Fact(user.grants),
        password: Known::Unknown(no_row),
        access_keys: Known::Unknown(no_row),
        certificates: Known::Unknown(no_row),
        further_credentials: None,
        mfa: Mfa::unknown(no_row),
        details: Some(Origin { input, line: user.line }),
        report: None,
    }
}

/// A user that the authorization details do not tell of.
fn of_row(row: &Row, no_details: Missing, no_row: Missing) -> User {
    User {
        path: path_of(&row.arn, &row.name),
        arn: row.arn.clone(),
        name: row.name.clone(),
        id: Known::Unknown(no_details),
        created: row.created,
        tags: Known::Unknown(no_details),
        groups: Known::Unknown(no_details),
        grants: Known::Unknown(no_details),
        password: Known::Unknown(no_row),
        access_keys: Known::Unknown(no_row),
        certificates: Known::Unknown(no_row),
        further_credentials: None,
        mfa: Mfa::unknown(no_row),
        details: None,
        report: None,
    }
}

fn add_row(user: &mut User, row: Row, input: InputId) {
    user.created = user.created.or(row.created);
    user.password = row.user_password();
    user.access_keys = row.access_keys;
    user.certificates = row.certificates;
    user.further_credentials = row.further;
    user.mfa.active = row.mfa_active;
    user.report = Some(Origin { input, line: row.line });
}

fn strangers(facts: &Facts, users: &BTreeMap<Box<str>, User>) -> Strangers {
    let both = facts.ledger.has(Dump::AuthorizationDetails) && facts.ledger.has(Dump::CredentialReport);
    let names = |lacks: fn(&User) -> bool| -> Vec<Box<str>> {
        users.values().filter(|user| both && lacks(user)).map(|user| user.name.clone()).collect()
    };
    Strangers {
        without_row: names(|user| user.report.is_none()),
        without_details: names(|user| user.details.is_none()),
        with_many_rows: Vec::new(),
    }
}
