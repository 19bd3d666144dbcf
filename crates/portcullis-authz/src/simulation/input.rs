//! The request: AWS's `SimulateCustomPolicyRequest` (service model of botocore 1.44) and our extensions.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, de};
use serde_json::value::RawValue;

use portcullis_iam::suggest;

use super::fault::Fault;

/// A simulation request, member for member as AWS names them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct SimulationRequest {
    /// The principal of a snapshot whose policies are gathered, as in AWS's `SimulatePrincipalPolicy`.
    pub policy_source_arn: Option<String>,
    /// Identity policies of the caller. Required without a `PolicySourceArn`, may be empty.
    pub policy_input_list: Option<Vec<Document>>,
    /// The permissions boundary: at most one.
    pub permissions_boundary_policy_input_list: Option<Vec<Document>>,
    /// SCPs level by level, from the organization's root down to the caller's account.
    pub ordered_organization_policy_input_list: Option<Vec<ServiceControlLevel>>,
    /// The actions: one result each. Required.
    pub action_names: Option<Vec<String>>,
    /// The resources; `*` when absent.
    pub resource_arns: Option<Vec<String>>,
    /// The policy that every resource is taken to have; for `sts:AssumeRole*` on a role its trust policy.
    pub resource_policy: Option<Document>,
    /// `arn:aws:iam::111111111111:root`, or the bare account id: who owns resources whose ARN names no account.
    pub resource_owner: Option<String>,
    /// The caller: any principal's ARN, a service's name, or `*` for a request without credentials.
    pub caller_arn: Option<String>,
    /// The condition keys that the request carries.
    pub context_entries: Option<Vec<ContextEntry>>,
    /// AWS's EC2 scenarios. Checked for its spelling; the decision for each resource does not depend on it.
    pub resource_handling_option: Option<String>,
    /// How many results to give at once.
    pub max_items: Option<i64>,
    /// Where to go on, from the last response.
    pub marker: Option<String>,
    /// Extension: RCPs level by level, from the organization's root down to the resource's account.
    pub ordered_resource_control_policy_input_list: Option<Vec<ResourceControlLevel>>,
    /// Extension: the policies that the caller's session was made with.
    pub session_policy_input_list: Option<Vec<Document>>,
    /// Extension: the policy of the VPC endpoint that the request goes through.
    pub endpoint_policy_input_list: Option<Vec<Document>>,
    /// Extension: condition keys of which nothing is known.
    pub unknown_context_keys: Option<Vec<String>>,
    /// Extension: the organization's management account.
    pub management_account: Option<ManagementAccount>,
    /// Extension: the kind of credential that signs the request.
    pub credential: Option<String>,
}

/// The SCPs of one level of the organization.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ServiceControlLevel {
    /// The documents; AWS requires at least one.
    pub service_control_policy_input_list: Option<Vec<Document>>,
}

/// The RCPs of one level of the organization.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ResourceControlLevel {
    /// The documents. `RCPFullAWSAccess` is always attached and need not be given.
    pub resource_control_policy_input_list: Option<Vec<Document>>,
}

/// One condition key of the request.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ContextEntry {
    /// The key, such as `aws:SourceIp`.
    pub context_key_name: Option<String>,
    /// Its value, or values when the type is a list.
    pub context_key_values: Option<Vec<String>>,
    /// `string`, `stringList`, `numeric`, … : a list type makes the key multivalued, even with one value.
    pub context_key_type: Option<String>,
}

/// Which account is the organization's management account.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum ManagementAccount {
    /// `true`: the caller's account. `false`: none that matters.
    Caller(bool),
    /// The account id.
    Id(String),
}

/// A policy document: a string that holds JSON, as AWS takes it, or the JSON object itself.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Document(pub Arc<str>);

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        if raw.starts_with('"') {
            return serde_json::from_str::<String>(raw)
                .map(|text| Self(text.into()))
                .map_err(de::Error::custom);
        }
        if raw.starts_with('{') {
            return Ok(Self(raw.into()));
        }
        Err(de::Error::custom("a policy is a string that holds JSON, or a JSON object"))
    }
}

impl SimulationRequest {
    /// Reads a request.
    ///
    /// # Errors
    /// Text that is no JSON, members that AWS does not know, and values of the wrong type.
    pub fn parse(json: &str) -> Result<Self, Fault> {
        serde_json::from_str(json).map_err(|error| {
            if !error.is_data() {
                return Fault::invalid(format!("the request is not valid JSON: {error}"));
            }
            Fault::model(unknown_member(&error.to_string()).unwrap_or_else(|| error.to_string()))
        })
    }
}

/// Says which member is unknown, and which one was probably meant.
fn unknown_member(message: &str) -> Option<String> {
    let (name, rest) = message.strip_prefix("unknown field `")?.split_once('`')?;
    let (_, expected) = rest.split_once("expected ")?;
    let known: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
    Some(match suggest::nearest(name, known.iter().copied()) {
        Some(near) => format!("unknown member `{name}`: did you mean `{near}`?"),
        None => format!("unknown member `{name}`: must be one of {}", known.join(", ")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(json: &str) -> String {
        SimulationRequest::parse(json).unwrap_err().message
    }

    #[test]
    fn policies_are_text_or_objects() {
        let json = r#"{"PolicyInputList": ["{\"Statement\": []}", {"Statement":  []}], "ActionNames": ["s3:GetObject"]}"#;
        let request = SimulationRequest::parse(json).unwrap();
        let texts: Vec<_> =
            request.policy_input_list.unwrap().iter().map(|policy| policy.0.to_string()).collect();
        assert_eq!(texts, [r#"{"Statement": []}"#, r#"{"Statement":  []}"#]);
    }

    #[test]
    fn an_unknown_member_is_refused_with_the_nearest_one() {
        assert_eq!(
            fault(r#"{"ActionName": []}"#),
            "unknown member `ActionName`: did you mean `ActionNames`?"
        );
        assert_eq!(
            fault(r#"{"ContextEntries": [{"Key": "x"}]}"#),
            "unknown member `Key`: must be one of ContextKeyName, ContextKeyValues, ContextKeyType"
        );
    }

    #[test]
    fn a_wrong_type_names_its_place() {
        assert_eq!(
            fault(r#"{"ActionNames": "s3:GetObject"}"#),
            r#"invalid type: string "s3:GetObject", expected a sequence at line 1 column 30"#
        );
        assert!(fault("{").starts_with("the request is not valid JSON: EOF"));
    }
}
