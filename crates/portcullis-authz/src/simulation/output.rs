//! The response: AWS's `SimulatePolicyResponse`, and what we add to it.

use std::collections::BTreeMap;

use serde::Serialize;

use portcullis_iam::SourceKind;

use super::explained::Explanation;
use crate::decision::{Access, Decision};

/// The results of a simulation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct SimulationResponse {
    /// One result per action, in the order of the request.
    pub evaluation_results: Vec<EvaluationResult>,
    /// Whether there are more results than [`SimulationRequest::max_items`](super::SimulationRequest::max_items).
    pub is_truncated: bool,
    /// Where to go on; only when truncated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// The result for one action, over all its resources.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct EvaluationResult {
    /// The action as it was given.
    pub eval_action_name: String,
    /// The ARN format of the simulated resource type, or `*`.
    pub eval_resource_name: String,
    /// The most restrictive decision of all resources.
    pub eval_decision: EvalDecision,
    /// The statements that contributed, of all resources together.
    pub matched_statements: Vec<MatchedStatement>,
    /// Keys that the policies ask for and the request does not give.
    pub missing_context_values: Vec<String>,
    /// What the organization's SCPs say; only when there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organizations_decision_detail: Option<OrganizationsDecisionDetail>,
    /// What the permissions boundary says; only when there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions_boundary_decision_detail: Option<PermissionsBoundaryDecisionDetail>,
    /// Each policy type's decision in a cross-account request; empty within one account, absent for `*`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eval_decision_details: Option<DecisionDetails>,
    /// Extension: what would settle a decision that depends on what is unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undetermined: Option<Undetermined>,
    /// Extension: why, on request; with one resource, or none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Explanation>,
    /// One result per resource; absent for `*`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub resource_specific_results: Vec<ResourceSpecificResult>,
    /// Whether the action passes on all resources. Not part of the JSON.
    #[serde(skip)]
    pub access: Access,
}

/// The result for one action on one resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ResourceSpecificResult {
    /// The resource's ARN.
    pub eval_resource_name: String,
    /// The decision for it.
    pub eval_resource_decision: EvalDecision,
    /// The statements that determined it.
    pub matched_statements: Vec<MatchedStatement>,
    /// Keys that the policies ask for and the request does not give.
    pub missing_context_values: Vec<String>,
    /// Each policy type's decision; only in a cross-account request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eval_decision_details: Option<DecisionDetails>,
    /// What the permissions boundary says; only when there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions_boundary_decision_detail: Option<PermissionsBoundaryDecisionDetail>,
    /// Extension: what would settle a decision that depends on what is unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undetermined: Option<Undetermined>,
    /// Extension: why, on request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Explanation>,
}

/// AWS's words for the three decisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each variant is AWS's value of the same name")]
pub enum EvalDecision {
    Allowed,
    ImplicitDeny,
    ExplicitDeny,
}

/// A statement of a policy, by its place.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct MatchedStatement {
    /// `PolicyInputList.1`, `ResourcePolicy`, …
    pub source_policy_id: String,
    /// How the policy reaches the caller.
    pub source_policy_type: SourcePolicyType,
    /// Where the statement begins.
    pub start_position: Position,
    /// Where it ends.
    pub end_position: Position,
}

/// The `PolicySourceType` of the service model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each variant is AWS's value of the same name")]
pub enum SourcePolicyType {
    User,
    Group,
    Role,
    AwsManaged,
    UserManaged,
    Resource,
    None,
}

/// A place as AWS counts: both from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "PascalCase")]
#[expect(missing_docs, reason = "each field is what its name says")]
pub struct Position {
    pub line: u32,
    pub column: u32,
}

/// See [`EvaluationResult::organizations_decision_detail`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct OrganizationsDecisionDetail {
    /// Whether the SCPs of every level let the request pass.
    pub allowed_by_organizations: bool,
}

/// See [`EvaluationResult::permissions_boundary_decision_detail`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PermissionsBoundaryDecisionDetail {
    /// Whether the boundary has an Allow that matches and no Deny that does.
    pub allowed_by_permissions_boundary: bool,
}

/// Decisions by policy type: `IAM Policy`, `Resource Policy`, `Permissions Boundary Policy`.
pub type DecisionDetails = BTreeMap<&'static str, EvalDecision>;

/// What would settle a decision. The decision beside it is the most restrictive that is possible.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Undetermined {
    /// Condition keys, as the request spells them.
    pub keys: Vec<String>,
    /// Policies that could not be read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gaps: Vec<String>,
}

impl From<Decision> for EvalDecision {
    fn from(decision: Decision) -> Self {
        match decision {
            Decision::Allowed => EvalDecision::Allowed,
            Decision::ImplicitDeny => EvalDecision::ImplicitDeny,
            Decision::ExplicitDeny => EvalDecision::ExplicitDeny,
        }
    }
}

impl From<SourceKind> for SourcePolicyType {
    fn from(source: SourceKind) -> Self {
        match source {
            SourceKind::User => SourcePolicyType::User,
            SourceKind::Group => SourcePolicyType::Group,
            SourceKind::Role => SourcePolicyType::Role,
            SourceKind::AwsManaged => SourcePolicyType::AwsManaged,
            SourceKind::CustomerManaged => SourcePolicyType::UserManaged,
            SourceKind::Resource => SourcePolicyType::Resource,
            SourceKind::Input | SourceKind::Organization => SourcePolicyType::None,
        }
    }
}
