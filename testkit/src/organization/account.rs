//! One account: what it settles for everybody in it.

use portcullis_iam::Timestamp;

use super::{AccessKey, Device, Group, ManagedPolicy, Role, User};

/// One account at one instant.
#[derive(Clone, Debug)]
pub struct Account {
    /// Twelve digits.
    pub id: String,
    /// When it was made.
    pub created: Timestamp,
    /// When its credential report was made.
    pub reported: Timestamp,
    /// The root user's credentials.
    pub root: Root,
    /// The password policy; without one AWS's default is in force.
    pub password_policy: Option<PasswordPolicy>,
    /// The users.
    pub users: Vec<User>,
    /// The groups.
    pub groups: Vec<Group>,
    /// The roles.
    pub roles: Vec<Role>,
    /// The managed policies that appear in its authorization details: its own, and those of AWS that it uses.
    pub policies: Vec<ManagedPolicy>,
    /// The names of virtual devices that were made and belong to nobody.
    pub unassigned_devices: Vec<String>,
}

/// The root user's credentials.
#[derive(Clone, Debug)]
pub struct Root {
    /// Whether it has a password.
    pub password: bool,
    /// When the password was last used.
    pub last_used: Option<Timestamp>,
    /// Its devices.
    pub devices: Vec<RootDevice>,
    /// Its access keys, two at most.
    pub keys: Vec<AccessKey>,
}

/// A device of the root user. AWS lists only virtual ones.
#[derive(Clone, Debug)]
pub enum RootDevice {
    /// A virtual device, enabled then.
    Virtual(Timestamp),
    /// A hardware token, security key or passkey.
    Hardware,
}

/// The account's password policy.
#[derive(Clone, Debug)]
pub struct PasswordPolicy {
    /// The least number of characters.
    pub length: u8,
    /// Whether all four classes of characters are required.
    pub classes: bool,
    /// Days until a password expires.
    pub max_age: Option<u16>,
    /// How many earlier passwords may not be used again.
    pub reuse: Option<u8>,
}

impl Account {
    /// Every device of every user, with its owner.
    pub fn devices(&self) -> impl Iterator<Item = (&User, &Device)> {
        self.users.iter().flat_map(|user| user.devices.iter().map(move |device| (user, device)))
    }
}
