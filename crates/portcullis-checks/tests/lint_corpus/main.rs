//! The rules of lint over published policies: which fire, how often, and on what.
//!
//! The policies stand in the folder that `PORTCULLIS_CORPUS` names; without it the suites say that they skip. With
//! `PORTCULLIS_SHOW` (a rule's id, or `all`) every finding of it is printed; with `PORTCULLIS_UPDATE` what is found
//! replaces the table of counts, which keeps its readings.
#![cfg(test)]
#![expect(clippy::disallowed_methods, reason = "the corpus is files")]

mod counts;
mod flags;
mod show;

use portcullis_checks::lint;
use portcullis_finding::{Diagnostic, Selection};
use testkit::collected::Collected;

/// What the rules find in a policy by itself.
fn lint(policy: &Collected) -> Vec<Diagnostic> {
    let found = portcullis_source::read(&policy.path(), &policy.text);
    let found = lint::run(&found.documents, &Selection::default());
    found.iter().for_each(|own| show::show(policy, own));
    found
}
