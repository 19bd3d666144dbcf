//! An organization as a test plans it, before it is written as AWS would print it.
//!
//! Everything is public and plain: a plan may be as wrong as an organization can be.

mod account;
mod identity;

pub use account::{Account, PasswordPolicy, Root, RootDevice};
pub use identity::{
    AccessKey, Attachment, Device, DeviceKind, Group, Inline, KeyUse, ManagedPolicy, Password, Role, User,
};

use portcullis_iam::Timestamp;

/// An organization: its tree, its service control policies, and nothing of what is inside the accounts.
#[derive(Clone, Debug)]
pub struct Organization {
    /// `o-` and ten to thirty-two letters and digits.
    pub id: String,
    /// The id of the root: `r-` and four letters and digits.
    pub root: String,
    /// The account that manages the organization.
    pub management: String,
    /// The organizational units, directly under the root or under one another.
    pub units: Vec<Unit>,
    /// Every account, the management account included.
    pub members: Vec<Member>,
    /// The service control policies of the customer, attached or not.
    pub policies: Vec<ControlPolicy>,
    /// What is switched on for the root users of the members: `RootCredentialsManagement`, `RootSessions`.
    pub features: Vec<String>,
}

/// An organizational unit.
#[derive(Clone, Debug)]
pub struct Unit {
    /// `ou-`, the root's letters, and eight letters and digits.
    pub id: String,
    /// The name that people gave it.
    pub name: String,
    /// The id of the root or of the unit that it is in.
    pub parent: String,
}

/// An account as the organization knows it.
#[derive(Clone, Debug)]
pub struct Member {
    /// Twelve digits.
    pub id: String,
    /// The name that people gave it.
    pub name: String,
    /// The address of its root user.
    pub email: String,
    /// The id of the root or of the unit that it is in.
    pub parent: String,
    /// When it joined.
    pub joined: Timestamp,
    /// Whether it was made in the organization, and not invited.
    pub created_here: bool,
}

/// A service control policy of the customer.
#[derive(Clone, Debug)]
pub struct ControlPolicy {
    /// `p-` and eight letters and digits.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What its author says that it does.
    pub description: String,
    /// The document, as text.
    pub document: String,
    /// The ids of the root, units and accounts that it is attached to.
    pub targets: Vec<String>,
}

impl Organization {
    /// The id of the policy that AWS attaches everywhere.
    pub const FULL_ACCESS: &str = "p-FullAWSAccess";

    /// The name of a root, unit or account.
    pub fn name_of<'a>(&'a self, id: &'a str) -> &'a str {
        let unit = self.units.iter().find(|unit| unit.id == id).map(|unit| unit.name.as_str());
        let member = self.members.iter().find(|member| member.id == id).map(|member| member.name.as_str());
        unit.or(member).unwrap_or("Root")
    }
}
