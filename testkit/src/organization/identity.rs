//! Users, groups, roles, their policies and their credentials.

use portcullis_iam::Timestamp;

/// An IAM user.
#[derive(Clone, Debug)]
pub struct User {
    /// The name.
    pub name: String,
    /// `/`, or `/division/team/`.
    pub path: String,
    /// When it was made.
    pub created: Timestamp,
    /// The names of its groups.
    pub groups: Vec<String>,
    /// The managed policies that are attached to it.
    pub attached: Vec<Attachment>,
    /// The policies that are embedded in it.
    pub inline: Vec<Inline>,
    /// The ARN of its permissions boundary.
    pub boundary: Option<String>,
    /// Its tags.
    pub tags: Vec<(String, String)>,
    /// Its password.
    pub password: Option<Password>,
    /// Its access keys, two at most.
    pub keys: Vec<AccessKey>,
    /// Its devices.
    pub devices: Vec<Device>,
}

/// A user's password.
#[derive(Clone, Copy, Debug)]
pub struct Password {
    /// When it was last set.
    pub changed: Timestamp,
    /// When it was last used.
    pub used: Option<Timestamp>,
}

/// An access key, of which a report does not tell the id.
#[derive(Clone, Debug)]
pub struct AccessKey {
    /// Whether it is active.
    pub active: bool,
    /// When it was made.
    pub rotated: Timestamp,
    /// Its last use.
    pub used: Option<KeyUse>,
}

/// The last use of an access key.
#[derive(Clone, Debug)]
pub struct KeyUse {
    /// When.
    pub at: Timestamp,
    /// In which Region; services without Regions have none.
    pub region: Option<String>,
    /// Which service was called: `s3`.
    pub service: String,
}

/// A device that is enabled for a user.
#[derive(Clone, Debug)]
pub struct Device {
    /// What it is.
    pub kind: DeviceKind,
    /// When it was enabled.
    pub enabled: Timestamp,
}

/// What a device is, with what its serial number is made of.
#[derive(Clone, Debug)]
pub enum DeviceKind {
    /// A virtual device of this name.
    Virtual(String),
    /// A security key or passkey of this name.
    Fido(String),
    /// A hardware token with this serial number.
    Hardware(String),
    /// Text messages, from before AWS ended them.
    Sms,
}

/// An IAM group.
#[derive(Clone, Debug)]
pub struct Group {
    /// The name.
    pub name: String,
    /// When it was made.
    pub created: Timestamp,
    /// The managed policies that are attached to it.
    pub attached: Vec<Attachment>,
    /// The policies that are embedded in it.
    pub inline: Vec<Inline>,
}

/// An IAM role.
#[derive(Clone, Debug)]
pub struct Role {
    /// The name.
    pub name: String,
    /// `/`, `/service-role/`, `/aws-service-role/organizations.amazonaws.com/`, …
    pub path: String,
    /// When it was made.
    pub created: Timestamp,
    /// The trust policy's text.
    pub trust: String,
    /// The managed policies that are attached to it.
    pub attached: Vec<Attachment>,
    /// The policies that are embedded in it.
    pub inline: Vec<Inline>,
    /// The ARN of its permissions boundary.
    pub boundary: Option<String>,
    /// The time and Region of its last use.
    pub used: Option<(Timestamp, String)>,
}

/// A managed policy that is attached to something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// The ARN.
    pub arn: String,
    /// The name, which is the ARN's last part.
    pub name: String,
}

/// A policy that is embedded in a user, group or role.
#[derive(Clone, Debug)]
pub struct Inline {
    /// The name.
    pub name: String,
    /// The document's text.
    pub document: String,
}

/// A managed policy.
#[derive(Clone, Debug)]
pub struct ManagedPolicy {
    /// The ARN.
    pub arn: String,
    /// When it was made.
    pub created: Timestamp,
    /// The version in force: `v1`.
    pub version: String,
    /// The document's text.
    pub document: String,
}

impl Attachment {
    /// The attachment of the managed policy with this ARN.
    pub fn new(arn: impl Into<String>) -> Attachment {
        let arn = arn.into();
        let name = arn.rsplit('/').next().unwrap_or_default().to_owned();
        Attachment { arn, name }
    }
}

impl ManagedPolicy {
    /// The path between `policy` and the name: `/`, `/service-role/`.
    pub fn path(&self) -> &str {
        let after = self.arn.split_once(":policy").map_or("/", |(_, rest)| rest);
        after.rfind('/').and_then(|end| after.get(..=end)).unwrap_or("/")
    }
}
