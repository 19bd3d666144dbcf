//! Any text as the files of a snapshot, written as the cases of the importer are (`--- path`, then the file): what
//! cannot be read is said, everybody that is found has policies, and nothing panics.
#![no_main]

use libfuzzer_sys::fuzz_target;
use portcullis_snapshot::import::import;
use portcullis_snapshot::{Assume, policies};

fuzz_target!(|page: &[u8]| {
    let Ok(snapshot) = import(&files(page)) else { return };
    for account in snapshot.accounts.values() {
        for user in account.users.values() {
            let policies = policies::of_user(&snapshot, account, user, Assume::Unknown);
            let hidden = user.grants.fact().is_none();
            assert!(!hidden || !policies.identity.gaps.is_empty(), "policies that were not read are no gap");
        }
        for role in account.roles.values() {
            policies::of_role(&snapshot, account, role, Assume::NoOrganization);
        }
    }
});

/// The files of a page: each starts with a line `--- path`.
fn files(page: &[u8]) -> Vec<(String, &[u8])> {
    let mut files: Vec<(String, &[u8])> = Vec::new();
    let mut rest = page;
    while let Some(start) = find(rest, b"--- ") {
        let file = &rest[start + 4..];
        let end = find(file, b"\n--- ").map_or(file.len(), |end| end + 1);
        let line = find(&file[..end], b"\n").unwrap_or(end);
        let bytes = file[..end].get(line + 1..).unwrap_or_default();
        files.push((String::from_utf8_lossy(&file[..line]).into_owned(), bytes));
        rest = &file[end..];
    }
    files
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}
