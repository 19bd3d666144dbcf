//! The rules of lint, one file and one page each. This file holds only their table.

mod allow_admits_access_keys;
mod any_value_beside_mfa;
mod attached_to_nobody;
mod deny_misses_access_keys;
mod device_name_forced;
mod enrolment_blocked;
mod exempt_by_name;
mod exempt_by_tag;
mod exempts_administration;
mod exempts_credentials;
mod exempts_mfa_removal;
mod first_sign_in_blocked;
mod forwarded_calls_denied;
mod forwarded_calls_spared;
mod grants_mfa_removal;
mod list_leaves_iam_open;
mod mfa_by_age_alone;
mod mfa_by_presence;
mod mfa_decides_nothing;
mod mfa_in_role_policy;
mod mfa_inverted;
mod mfa_only_on_allow;
mod misspelt_action;
mod operator_of_other_type;
mod partition_hard_coded;
mod path_users_missed;
mod pattern_matches_others;
mod policy_refused;
mod policy_suspect;
mod policy_too_large;
mod principal_in_wrong_policy;
mod protection_incomplete;
mod resource_read_two_ways;
mod scp_hits_roles;
mod scp_misses_management;
mod self_service_not_granted;
mod unknown_condition_key;
mod variable_in_old_version;

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
    mfa_in_role_policy::RULE,
    list_leaves_iam_open::RULE,
    exempts_administration::RULE,
    exempts_credentials::RULE,
    exempts_mfa_removal::RULE,
    grants_mfa_removal::RULE,
    forwarded_calls_spared::RULE,
    any_value_beside_mfa::RULE,
    exempt_by_name::RULE,
    exempt_by_tag::RULE,
    protection_incomplete::RULE,
    attached_to_nobody::RULE,
    enrolment_blocked::RULE,
    self_service_not_granted::RULE,
    first_sign_in_blocked::RULE,
    device_name_forced::RULE,
    path_users_missed::RULE,
    partition_hard_coded::RULE,
    pattern_matches_others::RULE,
    scp_hits_roles::RULE,
    scp_misses_management::RULE,
    forwarded_calls_denied::RULE,
    policy_refused::RULE,
    policy_too_large::RULE,
    principal_in_wrong_policy::RULE,
    misspelt_action::RULE,
    unknown_condition_key::RULE,
    operator_of_other_type::RULE,
    variable_in_old_version::RULE,
    resource_read_two_ways::RULE,
    policy_suspect::RULE,
];
