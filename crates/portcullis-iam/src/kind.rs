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
    /// Every kind.
    pub const ALL: [PolicyKind; 9] = [
        PolicyKind::Identity,
        PolicyKind::Group,
        PolicyKind::Boundary,
        PolicyKind::Session,
        PolicyKind::ServiceControl,
        PolicyKind::ResourceControl,
        PolicyKind::Resource,
        PolicyKind::Trust,
        PolicyKind::Endpoint,
    ];

    /// The word for programs, and for the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            PolicyKind::Identity => "identity",
            PolicyKind::Group => "group",
            PolicyKind::Boundary => "boundary",
            PolicyKind::Session => "session",
            PolicyKind::ServiceControl => "scp",
            PolicyKind::ResourceControl => "rcp",
            PolicyKind::Resource => "resource",
            PolicyKind::Trust => "trust",
            PolicyKind::Endpoint => "endpoint",
        }
    }

    /// The kind that [`PolicyKind::as_str`] calls `text`.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// The name for people, in AWS's words.
    pub fn name(self) -> &'static str {
        match self {
            PolicyKind::Identity => "identity policy",
            PolicyKind::Group => "group policy",
            PolicyKind::Boundary => "permissions boundary",
            PolicyKind::Session => "session policy",
            PolicyKind::ServiceControl => "service control policy",
            PolicyKind::ResourceControl => "resource control policy",
            PolicyKind::Resource => "resource policy",
            PolicyKind::Trust => "trust policy",
            PolicyKind::Endpoint => "endpoint policy",
        }
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_its_word() {
        for kind in PolicyKind::ALL {
            assert_eq!(PolicyKind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(PolicyKind::parse("SCP"), None);
    }
}
