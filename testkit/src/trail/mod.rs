//! Trails of CloudTrail, as many records as wanted, in the proportions of real ones.

pub mod event;
mod guardrail;
pub mod identity;
mod truth;

pub use guardrail::{BREAK_GLASS, SELF_SERVICE, guardrail};
pub use truth::{Denied, Fate, Files, Job, Records, Sort, Truth, User};
