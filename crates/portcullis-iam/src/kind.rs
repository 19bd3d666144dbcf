//! The kinds of policy, and what each of them governs.

/// The kind of a policy: decides which elements it may contain and how it takes part in a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PolicyKind {
    /// Attached to a user or role, or embedded in one.
    Identity,
    /// Attached to a group; the same language as [`PolicyKind::Identity`].
    Group,
    /// A permissions boundary.
    Boundary,
    /// Passed when a session is made.
    Session,
    /// A service control policy.
    ServiceControl,
    /// A resource control policy.
    ResourceControl,
    /// Attached to a resource (bucket, key, queue, …).
    Resource,
    /// A role's trust policy.
    Trust,
    /// Attached to a VPC endpoint.
    Endpoint,
}

/// Which language versions a kind of policy may state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VersionRule {
    /// Only `2012-10-17`.
    Must2012,
    /// Either version, or none.
    Either,
}

impl PolicyKind {
    /// Which language versions AWS takes.
    ///
    /// Boundaries are managed policies, and CreatePolicy refuses the old language; every RCP "must include a
    /// `Version` element with the value 2012-10-17" (Organizations guide, RCP syntax).
    pub fn version_rule(self) -> VersionRule {
        match self {
            PolicyKind::Boundary | PolicyKind::ResourceControl => VersionRule::Must2012,
            PolicyKind::Identity
            | PolicyKind::Group
            | PolicyKind::Session
            | PolicyKind::ServiceControl
            | PolicyKind::Resource
            | PolicyKind::Trust
            | PolicyKind::Endpoint => VersionRule::Either,
        }
    }
}
