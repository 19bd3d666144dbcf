//! Published controls that a finding can fail.

use std::fmt;

/// One control of a published framework.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Requirement {
    /// The framework, such as `CIS AWS Foundations`.
    pub framework: &'static str,
    /// The version, or the range of versions (`1.4-4.0.1`) that number the control alike; empty when unversioned.
    pub version: &'static str,
    /// The control's id in the framework, such as `1.10`.
    pub id: &'static str,
}

impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.version {
            "" => write!(f, "{} {}", self.framework, self.id),
            version => write!(f, "{} {version} {}", self.framework, self.id),
        }
    }
}
