//! How policies reach a user, group or role.

use std::sync::Arc;

use crate::document::Document;

/// The policies of a user, group or role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grants {
    /// The managed policies that are attached.
    pub attached: Vec<AttachedPolicy>,
    /// The policies that are embedded.
    pub inline: Vec<InlinePolicy>,
    /// The ARN of the managed policy that is the permissions boundary. Groups have none.
    pub boundary: Option<Arc<str>>,
}

/// A managed policy that is attached: its document is in [`Account::policies`](crate::Account::policies).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachedPolicy {
    /// The policy's ARN.
    pub arn: Arc<str>,
}

/// An embedded policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InlinePolicy {
    /// The policy's name.
    pub name: Arc<str>,
    /// Its document.
    pub document: Arc<Document>,
    /// The line of the dump on which the document starts; 0 when unknown.
    pub line: u32,
}
