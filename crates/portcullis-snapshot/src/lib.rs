//! An AWS organization at one instant: who has which credentials, devices and policies, and what could not be read.
//!
//! Everything that a dump may lack is [`Known`]: the fact, or what hides it.
//! What hides facts is listed in the [`Coverage`], so that nothing that was not read ever looks like a pass.

pub mod account;
pub mod caller;
pub mod coverage;
pub mod credential;
pub mod device;
pub mod document;
pub mod dump;
pub mod grants;
pub mod import;
pub mod input;
pub mod known;
pub mod mentioned;
pub mod organization;
pub mod policies;
pub mod principal;
pub mod proposal;
pub mod root;
pub mod snapshot;
pub mod user;

pub use account::{Account, PasswordPolicy};
pub use caller::{ABSENT_FROM_USERS_OWN_CALLS, caller_for};
pub use coverage::{Coverage, Entry, Problem, Scope, State, Subject};
pub use credential::{AccessKey, Certificate, LastUse, Password};
pub use device::{Device, DeviceKind, Mfa, VirtualDevice};
pub use document::Document;
pub use dump::Dump;
pub use grants::{AttachedPolicy, Grants, InlinePolicy};
pub use input::{Digest, Input, InputId, Origin, Use};
pub use known::{Known, Missing, Why};
pub use organization::{Organization, OrganizationPolicy, OrganizationPolicyKind};
pub use policies::{Assume, Fingerprint, NotFound, fingerprint, policies_for};
pub use principal::{Group, LastActivity, ManagedPolicy, Role, Tag, Who};
pub use proposal::{Bounded, NoTarget, Proposal, Target};
pub use root::Root;
pub use snapshot::{Snapshot, TakenAt, TimeOrigin};
pub use user::User;
