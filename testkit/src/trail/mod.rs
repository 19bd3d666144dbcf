//! Trails of CloudTrail, as many records as wanted, in the proportions of real ones.
//!
//! They belong to a [large organization](crate::large): one seed gives both, and its users, roles, devices and policies
//! are those that act in the trail. Accounts are made one after the other on every core, hour by hour, so that no more is
//! in memory than the files that are being filled.

mod beside;
mod damage;
mod denial;
mod desk;
pub mod event;
mod guardrail;
mod hours;
pub mod identity;
mod job;
mod operation;
mod people;
mod plan;
mod sample;
mod services;
mod shelf;
mod stage;
mod texts;
mod truth;

pub use guardrail::{BREAK_GLASS, SELF_SERVICE, guardrail};
pub use plan::{Damaged, Plan, write};
pub use sample::{FOLDER as SAMPLE_FOLDER, sample};
pub use truth::{Denied, Fate, Files, Job, Records, Sort, Truth, User};
