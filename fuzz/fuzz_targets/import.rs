//! Any bytes as any file of a snapshot: what cannot be read is said, and nothing panics.
#![no_main]

use libfuzzer_sys::fuzz_target;
use portcullis_snapshot::import::import;

fuzz_target!(|input: (u8, Vec<u8>, u8, Vec<u8>)| {
    let (first, one, second, two) = input;
    let path = |number: u8| PATHS[usize::from(number) % PATHS.len()];
    let _ = import(&[(path(first), one), (path(second), two)]);
});

const PATHS: [&str; 16] = [
    "manifest.json",
    "dump.json",
    "account-authorization-details.json",
    "111111111111/account-authorization-details.json",
    "111111111111/credential-report.csv",
    "111111111111/credential-report.json",
    "111111111111/account-summary.json",
    "111111111111/virtual-mfa-devices.json",
    "111111111111/mfa-devices/alice.json",
    "111111111111/password-policy.json",
    "organization/describe-organization.json",
    "organization/list-roots.json",
    "organization/list-accounts-for-parent/r-abcd.json",
    "organization/list-policies/SERVICE_CONTROL_POLICY.json",
    "organization/describe-policy/p-abcd1234.json",
    "organization/list-targets-for-policy/p-abcd1234.json",
];
