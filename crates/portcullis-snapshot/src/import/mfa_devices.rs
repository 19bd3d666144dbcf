//! `aws iam list-virtual-mfa-devices` and `aws iam list-mfa-devices`: the devices, and whose they are.

use portcullis_iam::{AccountId, Arn};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::fault::Fault;
use super::json::{self, Text, When};
use crate::device::{Device, DeviceKind, VirtualDevice};

/// The virtual devices of an account.
#[derive(Debug)]
pub(super) struct VirtualDevices {
    pub(super) devices: Vec<VirtualDevice>,
    /// Whether every page of the file says that there are further ones.
    pub(super) cut_short: bool,
}

/// The devices of one user.
#[derive(Debug)]
pub(super) struct UserDevices {
    pub(super) devices: Vec<Device>,
    /// The user, when there is a device that names it.
    pub(super) user: Option<Box<str>>,
}

/// Reads the text of `virtual-mfa-devices.json`. Seeds and QR codes, which the call leaves empty, are not read.
pub(super) fn read_virtual(text: &str) -> Result<VirtualDevices, Fault> {
    let pages: Vec<VirtualPage<'_>> = json::documents(text)?;
    if pages.iter().all(|page| page.virtual_mfa_devices.is_none()) {
        return Err(Fault::new("the file has no `VirtualMFADevices`").hint(VIRTUAL_HINT));
    }
    let cut_short = pages.iter().all(|page| page.is_truncated == Some(true) || page.next_token.is_some());
    let devices = pages.into_iter().flat_map(|page| page.virtual_mfa_devices.into_iter().flatten());
    let devices = devices.filter_map(|device| {
        Some(VirtualDevice {
            serial: device.serial_number?.as_str().into(),
            user: device.user.and_then(|user| Some(user.arn?.as_str().into())),
            enabled: device.enable_date.and_then(|date| date.0),
        })
    });
    Ok(VirtualDevices { devices: devices.collect(), cut_short })
}

/// Reads the text of `mfa-devices/<user>.json`.
pub(super) fn read_user(text: &str) -> Result<UserDevices, Fault> {
    let pages: Vec<UserPage<'_>> = json::documents(text)?;
    if pages.iter().all(|page| page.mfa_devices.is_none()) {
        return Err(Fault::new("the file has no `MFADevices`").hint(USER_HINT));
    }
    let mut out = UserDevices { devices: Vec::new(), user: None };
    for device in pages.into_iter().flat_map(|page| page.mfa_devices.into_iter().flatten()) {
        let serial = device.serial_number.unwrap_or_default();
        out.user = out.user.or(device.user_name.map(|name| name.as_str().into()));
        out.devices.push(Device {
            kind: DeviceKind::of_serial(serial.as_str()),
            serial: Some(serial.as_str().into()),
            enabled: device.enable_date.and_then(|date| date.0),
        });
    }
    Ok(out)
}

impl VirtualDevices {
    /// The account that the first ARN names.
    pub(super) fn account(&self) -> Option<AccountId> {
        self.devices.iter().find_map(|device| Arn::parse(&device.serial)?.account())
    }
}

impl UserDevices {
    /// The account that the first ARN names; hardware tokens name none.
    pub(super) fn account(&self) -> Option<AccountId> {
        self.devices.iter().find_map(|device| Arn::parse(device.serial.as_deref()?)?.account())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct VirtualPage<'t> {
    #[serde(borrow, rename = "VirtualMFADevices")]
    virtual_mfa_devices: Option<Vec<VirtualDetail<'t>>>,
    is_truncated: Option<bool>,
    next_token: Option<&'t RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct VirtualDetail<'t> {
    #[serde(borrow)]
    serial_number: Option<Text<'t>>,
    user: Option<UserDetail<'t>>,
    enable_date: Option<When>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct UserDetail<'t> {
    #[serde(borrow)]
    arn: Option<Text<'t>>,
}

#[derive(Deserialize)]
struct UserPage<'t> {
    #[serde(borrow, rename = "MFADevices")]
    mfa_devices: Option<Vec<DeviceDetail<'t>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct DeviceDetail<'t> {
    #[serde(borrow)]
    user_name: Option<Text<'t>>,
    serial_number: Option<Text<'t>>,
    enable_date: Option<When>,
}

const VIRTUAL_HINT: &str = "save the output of `aws iam list-virtual-mfa-devices`";
const USER_HINT: &str = "save the output of `aws iam list-mfa-devices --user-name USER`";
