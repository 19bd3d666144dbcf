//! What a policy document does to requests in each state of the MFA keys: what the rules of lint are made of.

pub(crate) mod alone;
pub(crate) mod boundary;
pub(crate) mod broad;
mod doubts;
pub(crate) mod edit;
pub(crate) mod enrolment;
mod fix;
mod flaw;
pub(crate) mod own_user;
pub(crate) mod problems;
pub(crate) mod profile;
pub(crate) mod protection;
pub(crate) mod question;
mod run;
pub(crate) mod scene;
pub(crate) mod self_service;
mod set;
mod subject;

pub use flaw::LintRule;
pub(crate) use flaw::{Flaw, Meant};
pub(crate) use profile::Profile;
pub use run::run;
pub(crate) use set::Beside;
pub(crate) use subject::Subject;
