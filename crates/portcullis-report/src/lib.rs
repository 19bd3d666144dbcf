//! Findings as bytes: one file per format.

pub mod earlier;
pub mod format;
