//! Findings as bytes: one file per format.

pub mod bundle;
pub mod earlier;
pub mod format;
pub mod proof;
pub mod snippet;
mod words;

pub use format::{Detail, Format, Layout, write};
