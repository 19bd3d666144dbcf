//! What a person intends for an organization: the file `portcullis.toml`.

pub mod intent;

pub use intent::{BreakGlass, BreakGlassMfa, Exemption, Intent, LintExemption, Principal, Problem};
