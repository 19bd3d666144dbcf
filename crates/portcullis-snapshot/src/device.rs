//! MFA devices: their kinds, and what is known of a principal's.

use portcullis_iam::Timestamp;

use crate::dump::Dump;
use crate::known::{Known, Missing, Why};

/// The kind of an MFA device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DeviceKind {
    /// An authenticator app (TOTP): `arn:aws:iam::…:mfa/name`.
    Virtual,
    /// A passkey or security key: `arn:aws:iam::…:u2f/user/…`.
    Fido,
    /// A token that shows codes: `GAHT12345678`.
    Hardware,
    /// A telephone number: `arn:aws:iam::…:sms-mfa/…`. No longer offered by AWS.
    Sms,
    /// There is a device, and it is not virtual: a passkey, security key or hardware token.
    NotVirtual,
    /// There is a device; nothing tells of which kind.
    Unknown,
}

/// An MFA device of a user or of root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// Its kind.
    pub kind: DeviceKind,
    /// Its serial number or ARN; none when only its existence is known.
    pub serial: Option<Box<str>>,
    /// When it was enabled, when told.
    pub enabled: Option<Timestamp>,
}

/// What is known of the MFA devices of a user or of root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mfa {
    /// Whether there is any device.
    pub active: Known<bool>,
    /// The devices that are known of; at least one when `active` is true, with an unknown kind when nothing tells it.
    pub devices: Vec<Device>,
    /// Whether `devices` is the whole list; if not, what hides the rest.
    pub listed: Known<()>,
}

/// A virtual device of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VirtualDevice {
    /// Its ARN.
    pub serial: Box<str>,
    /// The ARN of its user or of root; none when it is assigned to nobody.
    pub user: Option<Box<str>>,
    /// When it was enabled.
    pub enabled: Option<Timestamp>,
}

impl DeviceKind {
    /// The kind of the device with this serial number or ARN, as ListMFADevices gives it.
    pub fn of_serial(serial: &str) -> DeviceKind {
        let resource = serial.starts_with("arn:").then(|| serial.splitn(6, ':').nth(5)).flatten();
        match resource.and_then(|resource| resource.split('/').next()) {
            Some("mfa") => DeviceKind::Virtual,
            Some("u2f") => DeviceKind::Fido,
            Some("sms-mfa") => DeviceKind::Sms,
            Some(_) => DeviceKind::Unknown,
            None if is_hardware_serial(serial) => DeviceKind::Hardware,
            None => DeviceKind::Unknown,
        }
    }

    /// The kind in words.
    pub fn name(self) -> &'static str {
        match self {
            DeviceKind::Virtual => "virtual",
            DeviceKind::Fido => "passkey or security key",
            DeviceKind::Hardware => "hardware token",
            DeviceKind::Sms => "SMS",
            DeviceKind::NotVirtual => "passkey, security key or hardware token",
            DeviceKind::Unknown => "unknown",
        }
    }

    /// Whether a false sign-in page gets nothing that it can use; none when the kind does not tell.
    pub fn is_phishing_resistant(self) -> Option<bool> {
        match self {
            DeviceKind::Fido => Some(true),
            DeviceKind::Virtual | DeviceKind::Hardware | DeviceKind::Sms => Some(false),
            DeviceKind::NotVirtual | DeviceKind::Unknown => None,
        }
    }

    /// Whether the device can pass MFA to STS (GetSessionToken, AssumeRole), as the AWS CLI needs it; none when
    /// the kind does not tell.
    ///
    /// AWS: a passkey or security key cannot; those users sign in with `aws login`. GetSessionToken takes the serial
    /// of a hardware device or the ARN of a virtual one; of SMS the documents say nothing.
    pub fn works_with_cli(self) -> Option<bool> {
        match self {
            DeviceKind::Virtual | DeviceKind::Hardware => Some(true),
            DeviceKind::Fido => Some(false),
            DeviceKind::Sms | DeviceKind::NotVirtual | DeviceKind::Unknown => None,
        }
    }
}

impl Mfa {
    /// Nothing is known, because of `missing`.
    pub fn unknown(missing: Missing) -> Self {
        Self { active: Known::Unknown(missing), devices: Vec::new(), listed: Known::Unknown(missing) }
    }

    /// Whether some device has a property that its kind may tell: [`DeviceKind::is_phishing_resistant`],
    /// [`DeviceKind::works_with_cli`]. False when there is no device.
    pub fn any(&self, property: impl Fn(DeviceKind) -> Option<bool>) -> Known<bool> {
        let has = |wanted| self.devices.iter().any(|device| property(device.kind) == wanted);
        match (self.active, has(Some(true)), has(None), self.listed) {
            (_, true, _, _) => Known::Fact(true),
            (Known::Fact(false), ..) => Known::Fact(false),
            (Known::Unknown(missing), ..) => Known::Unknown(missing),
            (Known::Fact(true), false, false, Known::Fact(())) => Known::Fact(false),
            (Known::Fact(true), false, _, Known::Unknown(missing)) => Known::Unknown(missing),
            (Known::Fact(true), false, true, Known::Fact(())) => {
                Known::Unknown(Missing::new(Dump::MfaDevices, Why::NoField))
            }
        }
    }
}

/// Whether `serial` has the shape of a hardware token's serial number: letters and digits, no ARN.
fn is_hardware_serial(serial: &str) -> bool {
    9 <= serial.len() && serial.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
