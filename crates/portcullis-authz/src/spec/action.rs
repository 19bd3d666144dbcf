//! `Action` and `NotAction`. IAM: reference_policies_elements_action, reference_policies_elements_notaction.

use portcullis_iam::policy::Clause;
use portcullis_iam::{Action, Polarity};

use super::glob;
use super::holds::Holds;

/// Whether the element covers `action`: "the prefix and the action name are case insensitive", and wildcards may
/// stand anywhere. `NotAction` covers everything but what it lists.
pub(super) fn covers(clause: &Clause, action: &Action) -> Holds {
    let listed = clause.patterns.iter().any(|pattern| {
        let pattern = glob::pieces(&pattern.value.to_ascii_lowercase());
        glob::matches(&pattern, &action.as_str().to_ascii_lowercase())
    });
    match clause.polarity {
        Polarity::Only => listed.into(),
        Polarity::Except => (!listed).into(),
    }
}
