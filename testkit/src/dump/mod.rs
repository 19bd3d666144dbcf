//! What the AWS CLI would have written of a planned organization: the files that Portcullis reads.

mod details;
pub(crate) mod devices;
pub(crate) mod id;
mod json;
mod organization;
mod report;
mod settings;

use std::collections::BTreeMap;

use portcullis_iam::Timestamp;

use crate::organization::Account;

pub use organization::organization;

/// Files by their path below the snapshot's folder.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The files of one account, under a folder that is named after it.
pub fn account(account: &Account) -> Files {
    let mut files = Files::new();
    let mut add = |name: &str, bytes: Vec<u8>| files.insert(format!("{}/{name}", account.id), bytes);
    add("account-authorization-details.json", json::file(&details::details(account)));
    add("credential-report.csv", report::report(account));
    add("account-summary.json", json::file(&settings::summary(account)));
    add("virtual-mfa-devices.json", json::file(&devices::virtual_devices(account)));
    add("password-policy.json", settings::password_policy(account));
    for user in account.users.iter().filter(|user| !user.devices.is_empty()) {
        add(&format!("mfa-devices/{}.json", user.name), json::file(&devices::of_user(account, user)));
    }
    files
}

/// The manifest: when the snapshot was taken.
pub fn manifest(taken_at: Timestamp) -> Vec<u8> {
    json::file(&json::object([
        ("version", json::Json::Number(1)),
        ("taken_at", json::text(taken_at.to_string())),
    ]))
}
