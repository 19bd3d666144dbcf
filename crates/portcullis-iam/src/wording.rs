//! AWS's own words for what it refuses, by the service that reads the policy.
//!
//! AWS publishes no list of them. Those of IAM for identity policies (CreatePolicy, PutUserPolicy, …) are the ones
//! that moto's suite records from real calls (getmoto/moto, tests/test_iam/test_iam_policies.py); those for trust
//! and resource policies are the ones that users report and that versitygw compares with AWS
//! (versity/versitygw, iamapi/policy). Organizations answers every wrong document with one sentence
//! (MalformedPolicyDocumentException). Where no words are known, IAM Access Analyzer's are used
//! (IAM guide, access-analyzer-reference-policy-checks), and then ours.

use crate::kind::PolicyKind;

/// Which of AWS's readers sees a policy of some kind first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reader {
    /// IAM's and STS's reader of identity, boundary and session policies.
    Identity,
    /// The newer reader, of trust and resource policies.
    Resource,
    /// Organizations.
    Organizations,
}

/// The reader of policies of `kind`.
pub(crate) fn reader(kind: PolicyKind) -> Reader {
    match kind {
        PolicyKind::Identity | PolicyKind::Group | PolicyKind::Boundary | PolicyKind::Session => {
            Reader::Identity
        }
        PolicyKind::Trust | PolicyKind::Resource | PolicyKind::Endpoint => Reader::Resource,
        PolicyKind::ServiceControl | PolicyKind::ResourceControl => Reader::Organizations,
    }
}

/// For text that is no JSON.
pub(crate) fn json(kind: PolicyKind) -> &'static str {
    match reader(kind) {
        Reader::Identity => SYNTAX,
        Reader::Resource => "This policy contains invalid Json",
        Reader::Organizations => ORGANIZATIONS,
    }
}

/// For a document whose structure is wrong.
pub(crate) fn syntax(kind: PolicyKind) -> &'static str {
    match reader(kind) {
        Reader::Identity | Reader::Resource => SYNTAX,
        Reader::Organizations => ORGANIZATIONS,
    }
}

/// For values that pass the first reading and not the second.
pub(crate) fn legacy(kind: PolicyKind) -> &'static str {
    match reader(kind) {
        Reader::Identity => "The policy failed legacy parsing",
        Reader::Resource => SYNTAX,
        Reader::Organizations => ORGANIZATIONS,
    }
}

/// For a `Version` that is no version.
pub(crate) fn version(kind: PolicyKind) -> &'static str {
    match reader(kind) {
        Reader::Identity => SYNTAX,
        Reader::Resource => "The policy must contain a valid version string",
        Reader::Organizations => ORGANIZATIONS,
    }
}

/// For the old language where only 2012-10-17 is taken.
pub(crate) fn version_too_old(kind: PolicyKind) -> &'static str {
    match reader(kind) {
        Reader::Identity | Reader::Resource => "Policy document must be version 2012-10-17 or greater.",
        Reader::Organizations => ORGANIZATIONS,
    }
}

/// For a policy without statements.
pub(crate) fn no_statement(kind: PolicyKind) -> &'static str {
    match reader(kind) {
        Reader::Identity => SYNTAX,
        Reader::Resource => "Could not parse the policy: Statement is empty!",
        Reader::Organizations => ORGANIZATIONS,
    }
}

/// For a statement without the element `name`, which every statement must have.
pub(crate) fn missing(kind: PolicyKind, name: &str) -> String {
    match (reader(kind), name) {
        (Reader::Identity, "Action") => "Policy statement must contain actions.".into(),
        (Reader::Identity, "Resource") => "Policy statement must contain resources.".into(),
        (Reader::Identity, _) => SYNTAX.into(),
        (Reader::Resource, _) => format!("Missing required field {name}"),
        (Reader::Organizations, _) => ORGANIZATIONS.into(),
    }
}

/// For an `Effect` that is neither Allow nor Deny.
pub(crate) fn effect(kind: PolicyKind, effect: &str) -> String {
    match reader(kind) {
        Reader::Identity => SYNTAX.into(),
        Reader::Resource => format!("Invalid effect: {effect}"),
        Reader::Organizations => ORGANIZATIONS.into(),
    }
}

/// For a `Sid` that another statement has.
pub(crate) fn sid_repeated(kind: PolicyKind) -> &'static str {
    match reader(kind) {
        Reader::Identity => "Statement IDs (SID) in a single policy must be unique.",
        Reader::Resource => "The Statement Ids in the policy are not unique",
        Reader::Organizations => ORGANIZATIONS,
    }
}

/// IAM's sentence for everything that it cannot read.
const SYNTAX: &str = "Syntax errors in policy.";

/// Organizations' sentence for every document that it refuses.
pub(crate) const ORGANIZATIONS: &str =
    "The provided policy document does not meet the requirements of the specified policy type.";
