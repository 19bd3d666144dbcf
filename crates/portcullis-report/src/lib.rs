//! Findings as bytes: one file per format.

pub mod bundle;
pub mod earlier;
pub mod format;
pub mod lint;
pub mod page;
pub mod proof;
pub mod replay;
pub mod snippet;
mod style;
mod words;

pub use format::{Detail, Format, Layout, write};
