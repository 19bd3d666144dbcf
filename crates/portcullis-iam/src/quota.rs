//! Sizes as AWS counts them, and the quotas that they meet.
//!
//! Values: IAM guide, `reference_iam-quotas`; Organizations guide, `orgs_reference_limits`. Quotas that can be raised
//! have a default and a maximum; the others have the same value twice.

/// What carries a policy document, where the quota depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Carrier {
    /// One version of a customer managed policy.
    Managed,
    /// All policies embedded in one user together.
    User,
    /// All policies embedded in one group together.
    Group,
    /// All policies embedded in one role together.
    Role,
    /// A role's trust policy.
    Trust,
    /// The session policy passed to STS, together with the ARNs of managed session policies.
    Session,
    /// A service control policy.
    ServiceControl,
    /// A resource control policy.
    ResourceControl,
}

/// Which characters of a document count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Counting {
    /// All but white space: "IAM doesn't count white space when calculating the size of a policy".
    WithoutSpace,
    /// All characters: "All characters in your SCP count against its maximum size" (saved by API or CLI; the console
    /// removes white space outside quotation marks first).
    Everything,
}

/// The size that a policy may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// What the quota is for.
    pub carrier: Carrier,
    /// The size that every account may use, in characters.
    pub default: usize,
    /// The size that an account may be granted, in characters.
    pub maximum: usize,
    /// Which characters count.
    pub counting: Counting,
}

/// How many policies may be attached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// What is counted, and per what.
    pub name: &'static str,
    /// How many every account may have.
    pub default: usize,
    /// How many an account may be granted.
    pub maximum: usize,
}

/// Quotas of attachments and of policies.
pub const COUNTS: [Count; 10] = [
    Count { name: "managed policies per user", default: 10, maximum: 20 },
    Count { name: "managed policies per group", default: 10, maximum: 10 },
    Count { name: "managed policies per role", default: 20, maximum: 25 },
    Count { name: "customer managed policies per account", default: 1_500, maximum: 10_000 },
    Count { name: "versions per managed policy", default: 5, maximum: 5 },
    Count { name: "groups per user", default: 10, maximum: 10 },
    Count { name: "managed session policies per session", default: 10, maximum: 10 },
    Count { name: "service control policies per root, OU or account", default: 10, maximum: 10 },
    Count { name: "resource control policies per root, OU or account", default: 5, maximum: 5 },
    Count { name: "service control policies per organization", default: 10_000, maximum: 10_000 },
];

impl Carrier {
    /// Every carrier.
    pub const ALL: [Carrier; 8] = [
        Carrier::Managed,
        Carrier::User,
        Carrier::Group,
        Carrier::Role,
        Carrier::Trust,
        Carrier::Session,
        Carrier::ServiceControl,
        Carrier::ResourceControl,
    ];

    /// The quota of what is carried so.
    pub fn quota(self) -> Quota {
        let (default, maximum, counting) = match self {
            Carrier::Managed => (6_144, 6_144, Counting::WithoutSpace),
            Carrier::User => (2_048, 2_048, Counting::WithoutSpace),
            Carrier::Group => (5_120, 5_120, Counting::WithoutSpace),
            Carrier::Role => (10_240, 10_240, Counting::WithoutSpace),
            Carrier::Trust => (2_048, 8_192, Counting::WithoutSpace),
            Carrier::Session => (2_048, 2_048, Counting::Everything),
            Carrier::ServiceControl => (10_240, 10_240, Counting::Everything),
            Carrier::ResourceControl => (5_120, 5_120, Counting::Everything),
        };
        Quota { carrier: self, default, maximum, counting }
    }
}

impl Quota {
    /// The size of the document `text` as this quota counts it, in characters.
    pub fn size(&self, text: &str) -> usize {
        match self.counting {
            Counting::Everything => text.chars().count(),
            Counting::WithoutSpace => text.chars().filter(|character| !is_space(*character)).count(),
        }
    }

    /// What AWS says of a document that measures `size`, which is more than the maximum.
    ///
    /// The words of IAM are those of its LimitExceeded errors, those for an organization are IAM Access Analyzer's.
    pub fn message(&self, size: usize) -> String {
        let maximum = self.maximum;
        match self.carrier {
            Carrier::Managed => format!("Cannot exceed quota for PolicySize: {maximum}"),
            Carrier::User => format!("Maximum policy size of {maximum} bytes exceeded for user"),
            Carrier::Group => format!("Maximum policy size of {maximum} bytes exceeded for group"),
            Carrier::Role => format!("Maximum policy size of {maximum} bytes exceeded for role"),
            Carrier::Trust => format!("Cannot exceed quota for ACLSizePerRole: {maximum}"),
            Carrier::Session => format!("the session policy is longer than {maximum} characters"),
            Carrier::ServiceControl => over("service control policy (SCP)", "SCPs", size, maximum),
            Carrier::ResourceControl => over("resource control policy (RCP)", "RCPs", size, maximum),
        }
    }
}

fn over(name: &str, plural: &str, size: usize, maximum: usize) -> String {
    format!("The {size} characters in the {name} exceed the {maximum} character maximum for {plural}.")
}

/// White space as JSON has it.
fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_counts_only_where_aws_counts_it() {
        let text = "{ \"a\":\n\t\"ß b\" }";
        assert_eq!(Carrier::Managed.quota().size(text), 10);
        assert_eq!(Carrier::ServiceControl.quota().size(text), 15);
    }

    #[test]
    fn no_default_is_above_its_maximum() {
        for carrier in Carrier::ALL {
            let quota = carrier.quota();
            assert!(quota.default <= quota.maximum && quota.carrier == carrier, "{quota:?}");
        }
    }
}
