//! The formats of an audit.

pub mod json;
