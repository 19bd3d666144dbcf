//! The sample organization that ships with Portcullis: five accounts with every kind of user, flawed and sound.
//!
//! `cargo xtask sample` writes its files; a test says when they are stale.

mod builder;
mod documents;
mod management;
mod production;
mod sandbox;
mod security;
mod staging;
mod tree;
mod trust;
mod truth;

use crate::dump::{self, Files};

pub use truth::{Truth, page};

/// The sample: what is on disk, and what is true of it.
pub struct Sample {
    /// The files below the sample's folder: the dumps, and `portcullis.toml`.
    pub files: Files,
    /// What is wrong and what is not.
    pub truth: Vec<Truth>,
}

/// Makes the sample, the same on every run.
pub fn sample() -> Sample {
    let plans = [management::plan(), security::plan(), production::plan(), staging::plan(), sandbox::plan()];
    let mut files = dump::organization(&tree::organization());
    let mut truth = tree::truth();
    for plan in plans {
        files.extend(dump::account(&plan.account));
        truth.extend(plan.truth);
    }
    files.insert("manifest.json".to_owned(), dump::manifest(builder::taken()));
    files.insert("portcullis.toml".to_owned(), include_bytes!("portcullis.toml").to_vec());
    Sample { files, truth }
}
