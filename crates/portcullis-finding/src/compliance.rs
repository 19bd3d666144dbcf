//! Published controls that a finding can fail.

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
