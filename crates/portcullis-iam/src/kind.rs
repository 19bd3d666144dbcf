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
