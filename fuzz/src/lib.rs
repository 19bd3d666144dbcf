//! What the fuzz targets share.

use portcullis_authz::{Compiled, decide, spec};
use portcullis_iam::{PolicySet, Request};
use portcullis_source::read_all;

/// Stops when the implementations of the decision differ.
pub fn agree(request: &Request, policies: &PolicySet) {
    let expected = spec::decide(request, policies);
    let found = decide(request, policies);
    assert_eq!(
        found.outcomes, expected.outcomes,
        "decide and spec differ on {request:#?} under {policies:#?}"
    );
    let compiled = Compiled::new(policies).decide(request);
    assert_eq!(compiled, found, "compiled and decide differ on {request:#?} under {policies:#?}");
}

/// Stops when something that is found in the files is not right.
pub fn read_files(files: &[(&str, &str)]) {
    let found = read_all(files);
    if let Some(complaint) = testkit::found::complaint(files, &found) {
        panic!("{complaint}");
    }
}
