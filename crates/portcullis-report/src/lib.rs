//! Findings as bytes: one file per format.

pub mod bundle;
pub mod earlier;
pub mod format;
mod words;

pub use format::{Detail, Format, Layout, write};
