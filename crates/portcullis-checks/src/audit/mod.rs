//! The checks of an audit, one file and one page each. This file holds only their table.

mod access_key_without_mfa;
mod cannot_enrol;
mod console_without_mfa;
mod could_disarm_mfa;
mod exemption_too_wide;
mod expired_exemption;
mod fido_only_with_access_key;
mod mfa_not_enforced;
mod old_access_key;
mod orphaned_device;
mod password_never_used;
mod role_broken_by_mfa;
mod role_without_mfa;
mod root_access_key;
mod root_virtual_mfa;
mod root_without_mfa;
mod snapshot_incomplete;
mod snapshot_stale;
mod two_active_keys;
mod unattached_enforcement;
mod unmatched_exemption;
mod unused_access_key;
mod unused_password;
mod weak_admin_device;
mod weak_password_policy;

use crate::check::Check;

/// Every check, in the order in which reports tell them.
pub static CHECKS: &[Check] = &[
    root_without_mfa::CHECK,
    root_access_key::CHECK,
    root_virtual_mfa::CHECK,
    mfa_not_enforced::CHECK,
    could_disarm_mfa::CHECK,
    console_without_mfa::CHECK,
    access_key_without_mfa::CHECK,
    role_without_mfa::CHECK,
    cannot_enrol::CHECK,
    role_broken_by_mfa::CHECK,
    unattached_enforcement::CHECK,
    exemption_too_wide::CHECK,
    weak_admin_device::CHECK,
    fido_only_with_access_key::CHECK,
    unused_access_key::CHECK,
    old_access_key::CHECK,
    two_active_keys::CHECK,
    unused_password::CHECK,
    password_never_used::CHECK,
    orphaned_device::CHECK,
    weak_password_policy::CHECK,
    expired_exemption::CHECK,
    unmatched_exemption::CHECK,
    snapshot_stale::CHECK,
    snapshot_incomplete::CHECK,
];
