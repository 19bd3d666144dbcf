//! One case: a request in the words of AWS's SimulateCustomPolicy, what only we know of it, and what is expected.

use std::collections::BTreeSet;

use portcullis_authz::{Answer, Decision};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One request with the policies that apply to it, and the decision that AWS documents.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Case {
    /// What the case shows, in kebab case; unique.
    pub name: String,
    /// The rule that decides it, in a sentence.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// The document that says so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// The request.
    pub request: Simulation,
    /// What SimulateCustomPolicy has no member for.
    #[serde(default, skip_serializing_if = "Facts::is_empty")]
    pub facts: Facts,
    /// The decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expect: Option<Expect>,
}

/// A SimulateCustomPolicy request with our extensions. Policies may be given as JSON instead of text.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
#[expect(missing_docs, reason = "the members are AWS's, or described in the reference of `simulate`")]
pub struct Simulation {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub policy_input_list: Vec<Value>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub permissions_boundary_policy_input_list: Vec<Value>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub session_policy_input_list: Vec<Value>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ordered_organization_policy_input_list: Vec<ServiceControlLevel>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ordered_resource_control_policy_input_list: Vec<ResourceControlLevel>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_policy: Option<Value>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub endpoint_policy_input_list: Vec<Value>,
    pub action_names: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resource_arns: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_owner: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caller_arn: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub context_entries: Vec<ContextEntry>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unknown_context_keys: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub management_account: Option<String>,
}

/// The SCPs of one level.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
#[expect(missing_docs, reason = "the member is AWS's")]
pub struct ServiceControlLevel {
    pub service_control_policy_input_list: Vec<Value>,
}

/// The RCPs of one level.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
#[expect(missing_docs, reason = "the member is described in the reference of `simulate`")]
pub struct ResourceControlLevel {
    pub resource_control_policy_input_list: Vec<Value>,
}

/// One condition key that is present.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
#[expect(missing_docs, reason = "the members are AWS's")]
pub struct ContextEntry {
    pub context_key_name: String,
    pub context_key_values: Vec<String>,
    pub context_key_type: String,
}

/// What SimulateCustomPolicy has no member for.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Facts {
    /// The credential, by the name of its variant in `portcullis_iam::Credential`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential: Option<String>,
    /// The role behind the session of the caller, with its path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role_arn: Option<String>,
    /// The user or root that called GetFederationToken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer_arn: Option<String>,
    /// Layers of which something could not be read: `Identity`, `Boundary`, `Session`, `ServiceControl`,
    /// `ResourceControl`, `Resource`, `Endpoint`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gaps: Vec<String>,
    /// Optional layers that are there without any policy: `Boundary`, `Session`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub empty: Vec<String>,
}

/// The decision that a case expects.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum Expect {
    /// This decision.
    Settled(String),
    /// One of these, depending on the keys.
    #[serde(rename_all = "PascalCase")]
    Undetermined {
        /// The decisions that are possible.
        one_of: BTreeSet<String>,
        /// The condition keys that would settle it.
        #[serde(default)]
        keys: BTreeSet<String>,
    },
}

impl Facts {
    /// Whether the request alone says everything.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl From<&Answer> for Expect {
    fn from(answer: &Answer) -> Self {
        let possible = [Decision::Allowed, Decision::ImplicitDeny, Decision::ExplicitDeny]
            .into_iter()
            .filter(|decision| answer.outcomes.contains(*decision));
        let one_of: BTreeSet<String> = possible.map(|decision| name(decision).to_owned()).collect();
        if answer.outcomes.is_settled() {
            return Self::Settled(one_of.into_iter().next().unwrap_or_default());
        }
        let keys = answer.unsettled.keys.iter().map(|key| key.as_str().to_owned()).collect();
        Self::Undetermined { one_of, keys }
    }
}

/// AWS's word for a decision.
pub fn name(decision: Decision) -> &'static str {
    match decision {
        Decision::Allowed => "allowed",
        Decision::ImplicitDeny => "implicitDeny",
        Decision::ExplicitDeny => "explicitDeny",
    }
}
