//! What a person intends for an organization: the file `portcullis.toml`.

pub mod intent;

pub use intent::{Exemption, Intent, Principal, Problem};
