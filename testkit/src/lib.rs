//! What the tests of several crates share. Never shipped.

pub mod attack;
pub mod collected;
pub mod decisions;
pub mod dump;
pub mod found;
pub mod hard;
pub mod help;
pub mod hostile;
pub mod judge;
pub mod large;
pub mod organization;
pub mod page;
pub mod problems;
pub mod random;
pub mod rule_pages;
pub mod sample;
pub mod trail;
