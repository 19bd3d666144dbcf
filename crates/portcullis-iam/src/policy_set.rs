//! Every policy that applies to a request, by kind and level.

use std::sync::{Arc, LazyLock};

use crate::arn::AccountId;
use crate::kind::PolicyKind;
use crate::parse;
use crate::policy::Policy;

/// All policies that bear on a request, whatever the request is.
///
/// The default value is a principal without any policy outside every organization.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicySet {
    /// The user's (with its groups') or role's policies.
    pub identity: Layer,
    /// The permissions boundary, when the principal has one.
    pub boundary: Option<Layer>,
    /// The session policies, when the session was made with any.
    pub session: Option<Layer>,
    /// SCPs of the **caller's** account, from the root of the organization down to the account. Empty when no SCPs apply.
    pub service_control: Vec<Level>,
    /// RCPs of the **resource's** account, from the root down. Empty when no RCPs apply.
    pub resource_control: Vec<Level>,
    /// The resource's policy: for `sts:AssumeRole*` the role's trust policy.
    pub resource: Option<Layer>,
    /// The policy of the VPC endpoint that the request goes through, when it goes through one.
    pub endpoint: Option<Layer>,
    /// The organization's management account, which neither SCPs nor RCPs bind.
    pub management_account: Option<AccountId>,
}

/// Policies of one kind that apply together: their union decides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layer {
    /// The policies that are known.
    pub policies: Vec<Attached>,
    /// What could not be read. With any gap there may be further policies, with any content.
    pub gaps: Vec<Gap>,
}

/// One level of an organization: its root, an OU, or an account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Level {
    /// The level's id or name, for people.
    pub name: Box<str>,
    /// The policies attached at this level.
    pub layer: Layer,
}

/// A policy and where it is attached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attached {
    /// The policy's ARN, its name when it is embedded, or `PolicyInputList.1`.
    pub id: Arc<str>,
    /// How the policy reaches the principal or resource.
    pub source: SourceKind,
    /// The document.
    pub policy: Arc<Policy>,
}

/// How a policy reaches the principal or the resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SourceKind {
    /// Given as text, attached to nothing.
    Input,
    /// Embedded in the user.
    User,
    /// Embedded in a group of the user.
    Group,
    /// Embedded in the role.
    Role,
    /// A managed policy of AWS.
    AwsManaged,
    /// A managed policy of the customer.
    CustomerManaged,
    /// The policy of a resource.
    Resource,
    /// A policy of the organization.
    Organization,
}

/// Something that could not be read, in words: `no document for arn:aws:iam::aws:policy/New`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Gap(pub Box<str>);

impl Layer {
    /// One policy, `FullAWSAccess`, which allows everything.
    pub fn allow_everything() -> Self {
        static EVERYTHING: LazyLock<Layer> = LazyLock::new(|| Layer::allowing("FullAWSAccess", "*"));
        EVERYTHING.clone()
    }

    /// One policy that allows an action on everything. `id` is what it is called.
    pub fn allowing(id: &str, action: &str) -> Self {
        let statement = format!(r#"{{"Effect":"Allow","Action":"{action}","Resource":"*"}}"#);
        let text = format!(r#"{{"Version":"2012-10-17","Statement":[{statement}]}}"#);
        match parse::policy(&text, PolicyKind::Identity).policy {
            Some(policy) => {
                let attached =
                    Attached { id: id.into(), source: SourceKind::Input, policy: Arc::new(policy) };
                Self { policies: vec![attached], gaps: Vec::new() }
            }
            // What is no action allows nobody knows what.
            None => Self { policies: Vec::new(), gaps: vec![Gap(id.into())] },
        }
    }
}
