//! The rules of lint, one file and one page each. This file holds only their table.

mod allow_admits_access_keys;
mod deny_misses_access_keys;
mod device_name_forced;
mod enrolment_blocked;
mod exempts_administration;
mod exempts_credentials;
mod exempts_mfa_removal;
mod first_sign_in_blocked;
mod grants_mfa_removal;
mod mfa_by_age_alone;
mod mfa_by_presence;
mod mfa_decides_nothing;
mod mfa_inverted;
mod mfa_only_on_allow;
mod path_users_missed;
mod pattern_matches_others;
mod scp_hits_roles;

use crate::reading::LintRule;
pub use crate::reading::run;

/// Every rule, in the order in which reports tell them.
pub static RULES: &[LintRule] = &[
    deny_misses_access_keys::RULE,
    allow_admits_access_keys::RULE,
    mfa_by_presence::RULE,
    mfa_by_age_alone::RULE,
    mfa_inverted::RULE,
    mfa_decides_nothing::RULE,
    mfa_only_on_allow::RULE,
    exempts_administration::RULE,
    exempts_credentials::RULE,
    exempts_mfa_removal::RULE,
    grants_mfa_removal::RULE,
    enrolment_blocked::RULE,
    first_sign_in_blocked::RULE,
    device_name_forced::RULE,
    path_users_missed::RULE,
    pattern_matches_others::RULE,
    scp_hits_roles::RULE,
];
