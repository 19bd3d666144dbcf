//! `Explanation`: what AWS hides or has no word for, on request.

use serde::Serialize;

use portcullis_iam::{Effect, KeyState, Truth, Values};

use super::output::{Position, SourcePolicyType};
use super::{Case, missing};
use crate::explain::{self, ConditionReport, Element, LayerReport, Reason, Standing, StatementReport};
use crate::layer::LayerKind;

/// Why a request is decided as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Explanation {
    /// What decided.
    pub reason: ExplainedReason,
    /// What each kind of policy says, and each level of the organization.
    pub layers: Vec<ExplainedLayer>,
    /// The statements that decide; when the answer is undetermined, those on which it depends.
    pub deciding_statements: Vec<ExplainedStatement>,
    /// Every other statement.
    pub other_statements: Vec<ExplainedStatement>,
}

/// What decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ExplainedReason {
    /// `serviceRule`, `explicitDeny`, `implicitDeny`, `allowed` or `undetermined`.
    pub kind: &'static str,
    /// The kind of policy that grants, or that would have to and does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layer: Option<&'static str>,
    /// The level of the organization that does not allow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// The rule of the service that comes before all policies, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
}

/// What one kind of policy says, or one level of the organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ExplainedLayer {
    /// The kind of policy.
    pub layer: &'static str,
    /// The level, by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// Whether it has a say in the request.
    pub binds: bool,
    /// Whether a statement allows: `yes`, `no` or `unknown`.
    pub allows: &'static str,
    /// Whether a statement denies: `yes`, `no` or `unknown`.
    pub denies: &'static str,
}

/// A statement, and whether it is about the request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ExplainedStatement {
    /// The kind of its policy.
    pub layer: &'static str,
    /// The level of its policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// The policy.
    pub source_policy_id: String,
    /// How the policy reaches the caller.
    pub source_policy_type: SourcePolicyType,
    /// Its `Sid`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sid: Option<String>,
    /// `Allow` or `Deny`.
    pub effect: &'static str,
    /// Where its text starts: at its brace, not where AWS's reader stood.
    pub start_position: Position,
    /// Where its text ends.
    pub end_position: Position,
    /// Whether it is about the request: `yes`, `no` or `unknown`.
    pub matches: &'static str,
    /// The first element because of which it is not, or may not be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mismatch: Option<ExplainedMismatch>,
}

/// An element that does not cover the request, or may not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ExplainedMismatch {
    /// `Layer`, `Principal`, `Action`, `Resource` or `Condition`.
    pub element: &'static str,
    /// The condition operator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operator: Option<String>,
    /// The condition key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// What the policy compares with.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub policy_values: Vec<String>,
    /// What the request has: `absent`, `unknown`, or `present` with its values.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_state: Option<&'static str>,
    /// The request's values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub request_values: Vec<String>,
}

/// Explains the decision for one case.
pub(super) fn of(case: &Case) -> Explanation {
    let explained = explain::explain(&case.request, &case.policies);
    let deciding: Vec<&StatementReport> = explained.deciding().collect();
    let others =
        explained.statements.iter().filter(|report| !deciding.iter().any(|one| std::ptr::eq(*one, *report)));
    Explanation {
        reason: reason(&explained.reason),
        layers: explained.layers.iter().map(layer).collect(),
        deciding_statements: deciding.iter().map(|report| statement(report, case)).collect(),
        other_statements: others.map(|report| statement(report, case)).collect(),
    }
}

fn reason(reason: &Reason) -> ExplainedReason {
    let plain = |kind| ExplainedReason { kind, layer: None, level: None, rule: None };
    match reason {
        Reason::Service(rule) => ExplainedReason { rule: Some(rule.to_string()), ..plain("serviceRule") },
        Reason::ExplicitDeny => plain("explicitDeny"),
        Reason::ImplicitDeny { layer, level } => ExplainedReason {
            layer: Some(name(*layer)),
            level: level.as_ref().map(|level| level.to_string()),
            ..plain("implicitDeny")
        },
        Reason::Allowed { by } => ExplainedReason { layer: by.map(name), ..plain("allowed") },
        Reason::Undetermined => plain("undetermined"),
    }
}

fn layer(report: &LayerReport) -> ExplainedLayer {
    ExplainedLayer {
        layer: name(report.layer),
        level: report.level.as_ref().map(|level| level.to_string()),
        binds: match report.standing {
            Standing::Binds => true,
            Standing::Spares => false,
        },
        allows: truth(report.allow),
        denies: truth(report.deny),
    }
}

fn statement(report: &StatementReport, case: &Case) -> ExplainedStatement {
    let place = |at: portcullis_iam::Position| Position { line: at.line, column: at.column };
    ExplainedStatement {
        layer: name(report.layer),
        level: report.level.as_ref().map(|level| level.to_string()),
        source_policy_id: report.policy.to_string(),
        source_policy_type: report.source.into(),
        sid: report.sid.as_ref().map(|sid| sid.to_string()),
        effect: match report.effect {
            Effect::Allow => "Allow",
            Effect::Deny => "Deny",
        },
        start_position: place(report.start()),
        end_position: place(report.end()),
        matches: truth(report.applies),
        mismatch: report.mismatch.as_ref().map(|mismatch| element(&mismatch.element, &report.policy, case)),
    }
}

fn element(element: &Element, policy: &str, case: &Case) -> ExplainedMismatch {
    let plain = |element| ExplainedMismatch {
        element,
        operator: None,
        key: None,
        policy_values: Vec::new(),
        request_state: None,
        request_values: Vec::new(),
    };
    match element {
        Element::Layer => plain("Layer"),
        Element::Principal => plain("Principal"),
        Element::Action => plain("Action"),
        Element::Resource => plain("Resource"),
        Element::Condition(report) => ExplainedMismatch {
            operator: Some(report.operator.to_string()),
            key: Some(key(report, policy, case)),
            policy_values: report.wanted.iter().map(|value| value.to_string()).collect(),
            ..with_state(plain("Condition"), &report.actual)
        },
    }
}

fn with_state(mismatch: ExplainedMismatch, actual: &KeyState) -> ExplainedMismatch {
    let (state, values) = match actual {
        KeyState::Absent => ("absent", Vec::new()),
        KeyState::Unknown => ("unknown", Vec::new()),
        KeyState::Known(Values::One(value)) => ("present", vec![value.to_string()]),
        KeyState::Known(Values::Many(values)) => {
            ("present", values.iter().map(|value| value.to_string()).collect())
        }
    };
    ExplainedMismatch { request_state: Some(state), request_values: values, ..mismatch }
}

/// The key as the policy spells it.
fn key(report: &ConditionReport, policy: &str, case: &Case) -> String {
    match case.policy(policy) {
        Some(policy) => missing::written(&policy.text, report.key_span, &report.key).to_owned(),
        None => report.key.to_string(),
    }
}

fn truth(truth: Truth) -> &'static str {
    match truth {
        Truth::True => "yes",
        Truth::False => "no",
        Truth::Unknown => "unknown",
    }
}

fn name(layer: LayerKind) -> &'static str {
    match layer {
        LayerKind::ResourceControl => "resourceControl",
        LayerKind::ServiceControl => "serviceControl",
        LayerKind::Resource => "resource",
        LayerKind::Identity => "identity",
        LayerKind::Boundary => "boundary",
        LayerKind::Session => "session",
        LayerKind::Endpoint => "endpoint",
    }
}
