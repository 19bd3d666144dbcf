//! `aws iam list-virtual-mfa-devices`, and `list-mfa-devices` of each user that has one.

use super::details::{arn, user_head};
use super::id::{time, unique};
use super::json::{Json, list, object, text, with};
use crate::organization::{Account, Device, DeviceKind, RootDevice, User};

/// The virtual devices: those of users and of root, and those that were made and never enabled.
pub(super) fn virtual_devices(account: &Account) -> Json {
    let of_users = account.devices().filter_map(|(user, device)| assigned(account, user, device));
    let of_root = account.root.devices.iter().filter_map(|device| root_device(account, device));
    let unassigned =
        account.unassigned_devices.iter().map(|name| object([("SerialNumber", text(serial(account, name)))]));
    object([("VirtualMFADevices", list(of_root.chain(of_users).chain(unassigned)))])
}

/// The devices of one user, of every kind.
pub(super) fn of_user(account: &Account, user: &User) -> Json {
    let devices = user.devices.iter().map(|device| {
        object([
            ("UserName", text(&user.name)),
            ("SerialNumber", text(serial_of(account, user, device))),
            ("EnableDate", text(time(device.enabled))),
        ])
    });
    object([("MFADevices", list(devices))])
}

fn assigned(account: &Account, user: &User, device: &Device) -> Option<Json> {
    let DeviceKind::Virtual(name) = &device.kind else { return None };
    let used = user.password.and_then(|password| password.used);
    let owner = with(user_head(account, user), "PasswordLastUsed", used.map(|at| text(time(at))));
    Some(object([
        ("SerialNumber", text(serial(account, name))),
        ("User", owner),
        ("EnableDate", text(time(device.enabled))),
    ]))
}

fn root_device(account: &Account, device: &RootDevice) -> Option<Json> {
    let RootDevice::Virtual(enabled) = device else { return None };
    let owner = object([
        ("UserId", text(&account.id)),
        ("Arn", text(format!("arn:aws:iam::{}:root", account.id))),
        ("CreateDate", text(time(account.created))),
    ]);
    let owner = with(owner, "PasswordLastUsed", account.root.last_used.map(|at| text(time(at))));
    Some(object([
        ("SerialNumber", text(serial(account, "root-account-mfa-device"))),
        ("User", owner),
        ("EnableDate", text(time(*enabled))),
    ]))
}

fn serial(account: &Account, name: &str) -> String {
    arn(account, "mfa", "/", name)
}

/// The serial number of a user's device.
pub(crate) fn serial_of(account: &Account, user: &User, device: &Device) -> String {
    let of_user = format!("/user/{}/", user.name);
    match &device.kind {
        DeviceKind::Virtual(name) => serial(account, name),
        DeviceKind::Fido(name) => arn(
            account,
            "u2f",
            &of_user,
            &format!("{name}-{}", unique("", &account.id, &(of_user.clone() + name))),
        ),
        DeviceKind::Hardware(number) => number.clone(),
        DeviceKind::Sms => arn(account, "sms-mfa", "/", &user.name),
    }
}
