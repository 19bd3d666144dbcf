//! What the device lists, the virtual devices and the report together tell of somebody's devices.

use std::collections::HashMap;

use super::facts::Facts;
use crate::device::{Device, DeviceKind, Mfa};
use crate::dump::Dump;
use crate::known::{Known, Missing};

/// The virtual devices by the ARN of their user. Those of root are under the ARN that ends with `:root`.
pub(super) type ByUser = HashMap<Box<str>, Vec<Device>>;

/// The account's virtual devices by user.
pub(super) fn by_user(facts: &Facts) -> ByUser {
    let mut by_user = ByUser::new();
    for device in &facts.virtual_devices {
        let Some(user) = &device.user else { continue };
        by_user.entry(user.clone()).or_default().push(Device {
            kind: DeviceKind::Virtual,
            serial: Some(device.serial.clone()),
            enabled: device.enabled,
        });
    }
    by_user
}

/// The devices of a user whose device list was read: the list is the newest and fullest account.
pub(super) fn listed(devices: Vec<Device>) -> Mfa {
    Mfa { active: Known::Fact(!devices.is_empty()), devices, listed: Known::Fact(()) }
}

/// The devices of a user or root without a device list: `active` is what report or summary tell, `virtual_devices`
/// are those assigned to it, and `missing` is why there is no list.
pub(super) fn unlisted(
    facts: &Facts,
    active: Known<bool>,
    virtual_devices: &[Device],
    missing: Missing,
) -> Mfa {
    let active = if virtual_devices.is_empty() { active } else { Known::Fact(true) };
    let whole = facts.ledger.whole(Dump::VirtualMfaDevices, None);
    let unseen = match (active, whole) {
        (Known::Fact(true), Known::Fact(())) => Some(DeviceKind::NotVirtual),
        (Known::Fact(true), Known::Unknown(_)) => Some(DeviceKind::Unknown),
        (Known::Fact(false) | Known::Unknown(_), _) => None,
    };
    let unseen = unseen.filter(|_| virtual_devices.is_empty());
    let unseen = unseen.map(|kind| Device { kind, serial: None, enabled: None });
    let listed = match active {
        Known::Fact(false) => Known::Fact(()),
        Known::Fact(true) | Known::Unknown(_) => Known::Unknown(missing),
    };
    Mfa { active, devices: virtual_devices.iter().cloned().chain(unseen).collect(), listed }
}
