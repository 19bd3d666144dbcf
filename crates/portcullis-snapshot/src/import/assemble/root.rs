//! The root user, from the account summary, the credential report and the virtual devices.

use portcullis_iam::{AccountId, Arn};

use super::super::report_row::Row;
use super::facts::Facts;
use super::mfa::{self, ByUser};
use crate::dump::Dump;
use crate::input::Origin;
use crate::known::{Known, Missing, Why};
use crate::root::Root;

/// The root user of account `id`. The summary is as new as the call, the report up to four hours old: the summary counts.
pub(super) fn build(id: AccountId, partition: &str, facts: &Facts, virtual_devices: &ByUser) -> Root {
    let arn = Arn::root(partition, id);
    let row = row(facts);
    let keys = row.as_ref().and_then(|row| row.access_keys.clone());
    let in_report = keys.as_ref().map(|keys| keys.iter().any(|key| key.active));
    let active = summary(facts, "AccountMFAEnabled").or(row.as_ref().and_then(|row| row.mfa_active));
    let devices = virtual_devices.get(arn.as_str()).map_or(&[][..], Vec::as_slice);
    // ListMFADevices does not tell of root: whether there are devices beyond the virtual ones is never known.
    let mfa = mfa::unlisted(facts, active, devices, Missing::new(Dump::MfaDevices, Why::NotTold));
    Root {
        arn,
        created: row.as_ref().and_then(|row| row.created),
        has_password: summary(facts, "AccountPasswordPresent")
            .or(row.as_ref().and_then(|row| row.has_password)),
        password_last_used: row.as_ref().map(|row| row.password.last_used),
        mfa,
        has_access_key: summary(facts, "AccountAccessKeysPresent").or(in_report),
        access_keys: keys,
        certificates: row.as_ref().and_then(|row| row.certificates.clone()),
        report: facts.root_row.as_ref().map(|(input, row)| Origin { input: *input, line: row.line }),
    }
}

fn row(facts: &Facts) -> Known<&Row> {
    match &facts.root_row {
        Some((_, row)) => Known::Fact(row),
        None => Known::Unknown(facts.ledger.no_entry(Dump::CredentialReport, None)),
    }
}

/// Whether a number of the summary is not zero.
fn summary(facts: &Facts, name: &str) -> Known<bool> {
    match &facts.summary {
        None => Known::Unknown(facts.ledger.no_entry(Dump::AccountSummary, None)),
        Some(summary) => match summary.get(name) {
            Some(number) => Known::Fact(*number != 0),
            None => Known::Unknown(Missing::new(Dump::AccountSummary, Why::NoField)),
        },
    }
}
