//! A request and what the evaluator says of it, with the statements that matter in their source.

use portcullis_authz::explain::Reason;
use portcullis_authz::{Access, explain, words};
use portcullis_finding::proof::{ShownStep, SupposedPolicies};
use portcullis_iam::PolicySet;
use portcullis_snapshot::Snapshot;

use super::excerpt;
use super::layouts::Layouts;
use super::witness;
use crate::credential::CredentialKind;
use crate::documents;
use crate::guard;
use crate::judgement::Step;

/// What requests are shown against.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scene<'s> {
    pub(super) snapshot: &'s Snapshot,
    pub(super) layouts: &'s Layouts,
    /// The credential that was asked about.
    pub(super) kind: Option<CredentialKind>,
}

/// The request with all that is to be said of it.
pub(super) fn step(step: &Step, scene: &Scene<'_>) -> ShownStep {
    match &step.refused_by {
        None => alone(step, scene),
        Some(refused_by) => compared(step, refused_by, scene),
    }
}

fn alone(step: &Step, scene: &Scene<'_>) -> ShownStep {
    let explanation = explain(&step.request, &step.policies);
    let mut notes: Vec<Box<str>> = reason(&explanation.reason).into_iter().collect();
    let asks = documents::statements(&step.policies).any(|(_, statement)| guard::asks(statement));
    if step.access == Access::Allowed && !asks {
        notes.push("no policy that applies asks for MFA".into());
    }
    ShownStep {
        title: step.title.clone(),
        witness: witness::witness(step, &step.policies, scene),
        decision: decision(step.access),
        statements: excerpt::excerpts((&step.request, &step.policies), &explanation, scene.layouts),
        notes,
    }
}

/// A request that some policies allow and others do not: told of those that the snapshot has, so that it can be replayed.
fn compared(step: &Step, refused_by: &PolicySet, scene: &Scene<'_>) -> ShownStep {
    let allowed = explain(&step.request, &step.policies);
    let refused = explain(&step.request, refused_by);
    let allowing = excerpt::deciding((&step.request, &step.policies), &allowed, scene.layouts);
    let denying = excerpt::deciding((&step.request, refused_by), &refused, scene.layouts);
    let in_force = witness::witness(step, refused_by, scene);
    let (witness, access, first, second) = if in_force.supposed == SupposedPolicies::default() {
        (in_force, Access::Denied, denying, allowing)
    } else {
        (witness::witness(step, &step.policies, scene), Access::Allowed, allowing, denying)
    };
    ShownStep {
        title: step.title.clone(),
        witness,
        decision: decision(access),
        statements: first.into_iter().take(SHOWN).chain(second.into_iter().take(SHOWN)).collect(),
        notes: reason(&refused.reason).into_iter().collect(),
    }
}

fn decision(access: Access) -> &'static str {
    match access {
        Access::Allowed => "allowed",
        Access::Denied => "denied",
        Access::Undetermined => "undetermined",
    }
}

/// What decided, where no statement shows it.
fn reason(reason: &Reason) -> Option<Box<str>> {
    words::reason(reason).map(String::into_boxed_str)
}

/// How many statements of each side are shown.
const SHOWN: usize = 1;
